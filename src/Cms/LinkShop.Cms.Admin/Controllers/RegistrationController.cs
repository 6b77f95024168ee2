using LinkShop.Cms.Admin.Users;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Users.Registration")]
[AllowAnonymous]
public sealed class RegistrationController(IUserService userService, SignInManager<IUser> signInManager, IStringLocalizer<RegistrationController> S) : Controller
{
    [HttpGet("Register")]
    public IActionResult Register() => View(new RegisterViewModel());

    [HttpPost("Register")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Register(RegisterViewModel model, [FromQuery] string? returnUrl = null)
    {
        if (!ModelState.IsValid) return View(model);
        if (LoginLimiter.IsTooOften(this, S)) return View(model);
        if (await userService.GetUserAsync(model.Email) is not null)
        {
            ModelState.AddModelError(nameof(model.Email), S["The e-mail address '{0}' is already in use.", model.Email]);
            return View(model);
        }

        if (RegistrationLimiter.IsTooOften(this, S)) return View(model);
        var user = await userService.CreateUserAsync(new User { UserName = model.UserName, Email = model.Email }, model.Password, ModelState.AddModelError);
        if (user is null) return View(model);
        await signInManager.SignInAsync(user, isPersistent: false);
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect("~/");
    }
}
