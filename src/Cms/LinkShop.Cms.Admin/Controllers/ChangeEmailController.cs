using LinkShop.Cms.Admin.Users;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>Another e-mail address for one's own account.</summary>
[Feature("OrchardCore.Users.ChangeEmail")]
public sealed class ChangeEmailController(IUserService userService, SignInManager<IUser> signInManager, IStringLocalizer<ChangeEmailController> S) : Controller
{
    [HttpGet("ChangeEmail")]
    [Authorize]
    public async Task<IActionResult> Index()
        => await userService.GetAuthenticatedUserAsync(User) is not User user ? Challenge() : user.PasswordHash is null ? View("NoPassword") : View(new ChangeEmailViewModel { Current = user.Email });

    [HttpPost("ChangeEmail")]
    [Authorize]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Index(ChangeEmailViewModel model)
    {
        if (await userService.GetAuthenticatedUserAsync(User) is not User user) return Challenge();
        if (user.PasswordHash is null) return View("NoPassword");
        model.Current = user.Email;
        if (!ModelState.IsValid) return View(model);
        if (LoginLimiter.IsTooOften(this, S)) return View(model);
        var address = model.Email.Trim();
        if (string.Equals(address, user.Email, StringComparison.OrdinalIgnoreCase))
        {
            ModelState.AddModelError(nameof(model.Email), S["This is the account's address already."]);
            return View(model);
        }

        // whoever is at a device that was left signed in doesn't know it; and it can't be guessed here past the lock-out
        var password = await signInManager.CheckPasswordSignInAsync(user, model.CurrentPassword, lockoutOnFailure: true);
        if (!password.Succeeded)
        {
            ModelState.AddModelError(nameof(model.CurrentPassword), password.IsLockedOut
                ? S["The account is locked after too many attempts. Try again in some minutes."]
                : S["The current password is wrong."]);
            return View(model);
        }

        // answered before the mails are sent, which takes its time: how long an answer takes would tell whether the address has an account
        Response.Redirect(Url.Content("~/ChangeEmailConfirmation"));
        await Response.CompleteAsync();
        await HttpContext.RequestServices.GetRequiredService<EmailChange>().AskAsync(user, address);
        return new EmptyResult();
    }

    [HttpGet("ChangeEmailConfirmation")]
    public IActionResult ChangeEmailConfirmation() => View();

    // where the link leads: programs that look into mails open it too, so opening it changes nothing
    [HttpGet("ChangeEmail/Confirm")]
    [AllowAnonymous]
    public IActionResult Confirm(string? account, string? email, string? code)
    {
        // the address holds the token: it goes to nobody else
        Response.Headers["Referrer-Policy"] = "no-referrer";
        return View(new ConfirmEmailViewModel { Account = account, Email = email, Code = code });
    }

    [HttpPost("ChangeEmail/Confirm")]
    [AllowAnonymous]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Confirm(ConfirmEmailViewModel model)
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        if (LoginLimiter.IsTooOften(this, S)) return View(model);
        if (await HttpContext.RequestServices.GetRequiredService<EmailChange>().ConfirmAsync(model.Account, model.Email, model.Code) is not { } user)
        {
            ModelState.AddModelError("", S["This link was used already, or is older than an hour. Ask for a new one."]);
            return View(model);
        }

        // all sessions have ended with the old stamp; who is here stays
        if (signInManager.UserManager.GetUserId(User) == user.UserId) await signInManager.RefreshSignInAsync(user);
        return RedirectToAction(nameof(Changed));
    }

    [HttpGet("ChangeEmail/Changed")]
    [AllowAnonymous]
    public IActionResult Changed() => View();
}
