using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Shops.Services;

/// <summary>Accounts of the platform as owners of shops.</summary>
public sealed class Visitors(IUserService users, UserManager<IUser> manager)
{
    /// <summary>Who is signed in.</summary>
    public async Task<ShopOwner?> CurrentAsync(System.Security.Claims.ClaimsPrincipal principal) => Of(await users.GetAuthenticatedUserAsync(principal));

    /// <summary>An account by user name or mail address. What reads as an address finds nobody but whose it is: a name may have been taken as somebody else's address.</summary>
    public async Task<CommerceResult<ShopOwner>> FindAsync(string? name) =>
        string.IsNullOrWhiteSpace(name) || Of(await users.GetUserAsync(name.Trim())) is not { } owner
            || (name.Contains('@', StringComparison.Ordinal) && !string.Equals(owner.Email, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ? new CommerceError(CommerceErrors.NotFound, "There is no such user.", "owner")
            : owner;

    /// <summary>Id of the account that asks.</summary>
    public string? IdOf(System.Security.Claims.ClaimsPrincipal principal) => manager.GetUserId(principal);

    /// <summary>Security stamp of the session that asks. Not the account's: a session that was ended, and doesn't know of it yet, must open no new one elsewhere.</summary>
    public string? StampOf(System.Security.Claims.ClaimsPrincipal principal) => principal.FindFirst(manager.Options.ClaimsIdentity.SecurityStampClaimType)?.Value;

    private static ShopOwner? Of(IUser? user) => user is User { IsEnabled: true } found ? new ShopOwner(found.UserId, found.UserName, found.Email) : null;
}
