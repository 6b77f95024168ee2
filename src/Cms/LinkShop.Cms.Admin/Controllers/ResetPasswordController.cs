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

/// <summary>A new password for who forgot theirs. Nothing here says whether there is an account.</summary>
[Feature("OrchardCore.Users.ResetPassword")]
[AllowAnonymous]
public sealed class ResetPasswordController(IUserService userService, UserManager<IUser> userManager, IStringLocalizer<ResetPasswordController> S) : Controller
{
    [HttpGet("ForgotPassword")]
    public IActionResult ForgotPassword() => View(new ForgotPasswordViewModel());

    [HttpPost("ForgotPassword")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> ForgotPassword(ForgotPasswordViewModel model)
    {
        if (!ModelState.IsValid) return View(model);
        if (LoginLimiter.IsTooOften(this, S)) return View(model);
        var user = await userService.GetUserAsync(model.UserName.Trim()) as User;
        // answered before the mail is sent, which takes its time: how long an answer takes would tell
        Response.Redirect(Url.Content("~/ForgotPasswordConfirmation"));
        await Response.CompleteAsync();
        if (user is not null)
            await HttpContext.RequestServices.GetRequiredService<PasswordMail>().SendAsync(user);
        return new EmptyResult();
    }

    [HttpGet("ForgotPasswordConfirmation")]
    public IActionResult ForgotPasswordConfirmation() => View();

    [HttpGet("ResetPassword")]
    public IActionResult ResetPassword(string? account, string? code)
    {
        // the address holds the token: it goes to nobody else
        Response.Headers["Referrer-Policy"] = "no-referrer";
        return View(new ResetPasswordViewModel { Account = account, Code = code });
    }

    [HttpPost("ResetPassword")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> ResetPassword(ResetPasswordViewModel model)
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!ModelState.IsValid) return View(model);
        if (LoginLimiter.IsTooOften(this, S)) return View(model);
        if (await userManager.FindByIdAsync(model.Account ?? "") is not User { PasswordHash: not null } user || MailedTokens.Decode(model.Code) is not { } token)
        {
            ModelState.AddModelError("", userManager.ErrorDescriber.InvalidToken().Description);
            return View(model);
        }

        if (!UserService.Report(await userManager.ResetPasswordAsync(user, token, model.Password), ModelState.AddModelError)) return View(model);
        // who guessed wrong before can sign in now
        user.AccessFailedCount = 0;
        await userManager.SetLockoutEndDateAsync(user, null);
        return RedirectToAction(nameof(ResetPasswordConfirmation));
    }

    [HttpGet("ResetPasswordConfirmation")]
    public IActionResult ResetPasswordConfirmation() => View();
}
