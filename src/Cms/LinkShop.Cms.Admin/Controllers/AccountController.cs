using LinkShop.Cms.Admin.Users;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Users")]
public sealed class AccountController(
    IUserService userService, SignInManager<IUser> signInManager, IAuthorizationService authorization, IShellFeaturesManager features,
    INotifier notifier, IStringLocalizer<AccountController> S, IHtmlLocalizer<AccountController> H) : Controller
{
    [HttpGet("Login")]
    [AllowAnonymous]
    public async Task<IActionResult> Login(string? returnUrl = null)
        => User.Identity?.IsAuthenticated == true
            ? await RedirectAfterSignInAsync(returnUrl)
            : View(await CompleteAsync(new LoginViewModel { ReturnUrl = returnUrl }));

    [HttpPost("Login")]
    [AllowAnonymous]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Login(LoginViewModel model)
    {
        await CompleteAsync(model);
        if (!ModelState.IsValid) return View(model);
        if (LoginLimiter.IsTooOften(this, S)) return View(model);
        var user = await userService.AuthenticateAsync(model.UserName, model.Password, ModelState.AddModelError);
        if (user is null) return View(model);
        await signInManager.SignInAsync(user, model.RememberMe);
        // The cookie is only on the response yet, so the new principal decides where to go.
        HttpContext.User = await userService.CreatePrincipalAsync(user);
        return await RedirectAfterSignInAsync(model.ReturnUrl);
    }

    [HttpPost("Users/LogOff")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> LogOff()
    {
        await signInManager.SignOutAsync();
        return Redirect("~/");
    }

    [HttpGet("ChangePassword")]
    [Authorize]
    public async Task<IActionResult> ChangePassword()
        => await userService.GetAuthenticatedUserAsync(User) is not { } user ? Challenge() : await HasPasswordAsync(user) ? View(new ChangePasswordViewModel()) : View("NoPassword");

    [HttpPost("ChangePassword")]
    [Authorize]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> ChangePassword(ChangePasswordViewModel model)
    {
        var user = await userService.GetAuthenticatedUserAsync(User);
        if (user is null) return Challenge();
        if (!await HasPasswordAsync(user)) return View("NoPassword");
        if (!ModelState.IsValid) return View(model);
        if (!await userService.ChangePasswordAsync(user, model.CurrentPassword, model.Password, ModelState.AddModelError)) return View(model);
        await signInManager.RefreshSignInAsync(user);
        await notifier.SuccessAsync(H["The password was changed."]);
        return await RedirectAfterSignInAsync(null);
    }

    // whoever comes in from another site has none here, and none is to be set: it would let them in when they may not any more there
    private Task<bool> HasPasswordAsync(IUser user) => signInManager.UserManager.HasPasswordAsync(user);

    private async Task<LoginViewModel> CompleteAsync(LoginViewModel model)
    {
        model.CanRegister = await features.IsFeatureEnabledAsync("OrchardCore.Users.Registration");
        model.CanReset = await features.IsFeatureEnabledAsync("OrchardCore.Users.ResetPassword");
        return model;
    }

    private async Task<IActionResult> RedirectAfterSignInAsync(string? returnUrl)
    {
        if (Url.IsLocalUrl(returnUrl)) return LocalRedirect(returnUrl);
        return await authorization.AuthorizeAsync(User, AdminPermissions.AccessAdminPanel) ? Redirect("~/Admin") : Redirect("~/");
    }
}
