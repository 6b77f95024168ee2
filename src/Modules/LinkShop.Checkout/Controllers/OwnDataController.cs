using System.Globalization;
using LinkShop.Checkout.Accounts;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Checkout.Controllers;

/// <summary>What somebody may do about the data that is kept about them: see it, take it along, have it deleted.</summary>
[Authorize]
[Route("account")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class OwnDataController(
    IUserService users, SignInManager<IUser> signIn, IShellFeaturesManager features, AccountFile file, AccountDeletion deletion, RequestLimits limits, IClock clock, TenantScope scope,
    IStringLocalizer<OwnDataController> S) : Controller
{
    /// <summary>The account, and what can be done about it.</summary>
    [HttpGet("data")]
    public async Task<IActionResult> Index() => await UserAsync() is { } user ? await PageAsync(user) : Challenge();

    /// <summary>All of it, as a file.</summary>
    [HttpPost("data")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Download(string? password)
    {
        if (await UserAsync() is not { } user)
            return Challenge();
        if (!limits.Allows(LimitedAction.OwnData, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        if (!await IsPasswordAsync(user, password))
            return await PageAsync(user);
        Response.ContentType = "application/json; charset=utf-8";
        Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"account-data-{clock.UtcNow:yyyyMMdd}.json\"");
        await file.WriteAsync(user, Response.BodyWriter, HttpContext.RequestAborted);
        return new EmptyResult();
    }

    /// <summary>What goes and what stays, and why it can't be done yet.</summary>
    [HttpGet("delete")]
    public async Task<IActionResult> Delete() => await UserAsync() is { } user ? await DeletionAsync(user) : Challenge();

    /// <summary>Deletes the account.</summary>
    [HttpPost("delete")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Delete(string? password)
    {
        if (await UserAsync() is not { } user)
            return Challenge();
        if (!limits.Allows(LimitedAction.OwnData, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var open = await deletion.OpenAsync(user, HttpContext.RequestAborted);
        if (open.Count > 0 || !await IsPasswordAsync(user, password) || !await deletion.DeleteAsync(user))
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("Delete", new DeletionViewModel(user.PasswordHash is not null, open));
        }

        await signIn.SignOutAsync();
        return RedirectToAction(nameof(Deleted));
    }

    /// <summary>It is done.</summary>
    [HttpGet("deleted"), AllowAnonymous]
    public IActionResult Deleted() => View();

    private async Task<User?> UserAsync() => await users.GetAuthenticatedUserAsync(User) as User;

    // whoever is at a device that was left signed in doesn't know it, and can't guess it here past the lock-out
    private async Task<bool> IsPasswordAsync(User user, string? password)
    {
        // without a password none is right
        var tried = await signIn.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true);
        if (tried.Succeeded)
            return true;
        ModelState.AddModelError("Password", tried.IsLockedOut ? S["The account is locked after too many attempts. Try again in some minutes."] : S["The current password is wrong."]);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return false;
    }

    private async Task<ViewResult> PageAsync(User user) =>
        View("Index", new OwnDataViewModel(user.UserName, user.Email, user.PasswordHash is not null, await features.IsFeatureEnabledAsync("OrchardCore.Users.ChangeEmail")));

    private async Task<ViewResult> DeletionAsync(User user) => View("Delete", new DeletionViewModel(user.PasswordHash is not null, await deletion.OpenAsync(user, HttpContext.RequestAborted)));
}
