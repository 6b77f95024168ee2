using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using OrchardCore.Users;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Admin.Users;

internal sealed class UserService(
    SignInManager<IUser> signInManager, UserManager<IUser> userManager, IEnumerable<IUserEventHandler> handlers, IStringLocalizer<UserService> S) : IUserService
{
    // Checked when no password can be right, so that the answer takes as long as when one is wrong.
    private static readonly string s_nobodysHash = new PasswordHasher<IUser>().HashPassword(new User(), Guid.NewGuid().ToString());

    public async Task<IUser?> AuthenticateAsync(string identifier, string password, Action<string, string> reportError)
    {
        var user = string.IsNullOrWhiteSpace(identifier) ? null : await GetUserAsync(identifier);
        var isChecked = user is User { PasswordHash: not null } && !await userManager.IsLockedOutAsync(user);
        if (!isChecked)
            userManager.PasswordHasher.VerifyHashedPassword(new User(), s_nobodysHash, password);
        // One answer for all that fails: each of its own would say which names there are.
        if (!isChecked || !(await signInManager.CheckPasswordSignInAsync(user!, password, lockoutOnFailure: true)).Succeeded)
            reportError("", S["The user name or the password is wrong, or the account is locked for some minutes after too many attempts."]);
        else if (user is User { IsEnabled: false })
            reportError("", S["The account is disabled. Ask an administrator."]);
        else
            return user;
        return null;
    }

    public async Task<IUser?> CreateUserAsync(IUser user, string password, Action<string, string> reportError)
    {
        var account = (User)user;
        if (account.UserId.Length == 0) account.UserId = UserStore.NewId();
        account.IsLockoutEnabled = true;
        if (IsAnothersAddress(account.UserName, account.Email))
        {
            reportError("UserName", S["A user name can't be another e-mail address than the account's own."]);
            return null;
        }

        return Report(await userManager.CreateAsync(account, password), reportError) ? account : null;
    }

    public async Task<bool> ChangePasswordAsync(IUser user, string currentPassword, string newPassword, Action<string, string> reportError)
        => Report(await userManager.ChangePasswordAsync(user, currentPassword, newPassword), reportError);

    public async Task<IUser?> GetAuthenticatedUserAsync(ClaimsPrincipal principal) => await userManager.GetUserAsync(principal);

    // An address is first of all whose it is, whoever took it as a name.
    public async Task<IUser?> GetUserAsync(string identifier)
        => (identifier.Contains('@') ? await userManager.FindByEmailAsync(identifier) : null) ?? await userManager.FindByNameAsync(identifier);

    public async Task<IUser?> GetUserByUniqueIdAsync(string userId) => await userManager.FindByIdAsync(userId);

    public Task<ClaimsPrincipal> CreatePrincipalAsync(IUser user) => signInManager.CreateUserPrincipalAsync(user);

    public Task<bool> EnableAsync(IUser user) => SetEnabledAsync((User)user, true);

    public Task<bool> DisableAsync(IUser user) => SetEnabledAsync((User)user, false);

    /// <summary>Whether a name reads as an e-mail address that isn't the account's: people take it for its owner's.</summary>
    internal static bool IsAnothersAddress(string userName, string? email) => userName.Contains('@') && !string.Equals(userName, email, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells each error under the field that it is about.</summary>
    internal static bool Report(IdentityResult result, Action<string, string> reportError)
    {
        foreach (var error in result.Errors)
        {
            reportError(
                error.Code switch
                {
                    nameof(IdentityErrorDescriber.PasswordMismatch) => "CurrentPassword",
                    { } code when code.StartsWith("Password", StringComparison.Ordinal) => "Password",
                    { } code when code.EndsWith("UserName", StringComparison.Ordinal) => "UserName",
                    { } code when code.EndsWith("Email", StringComparison.Ordinal) => "Email",
                    _ => "",
                },
                error.Description);
        }

        return result.Succeeded;
    }

    private async Task<bool> SetEnabledAsync(User user, bool isEnabled)
    {
        if (user.IsEnabled == isEnabled) return false;
        user.IsEnabled = isEnabled;
        // A new stamp ends the sessions that are open.
        if (!(await userManager.UpdateSecurityStampAsync(user)).Succeeded) return false;
        var context = new UserContext(user);
        foreach (var handler in handlers) await (isEnabled ? handler.EnabledAsync(context) : handler.DisabledAsync(context));
        return true;
    }
}
