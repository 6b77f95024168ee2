using System.Security.Claims;
using LinkShop.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Security.Permissions;
using OrchardCore.Users;

namespace LinkShop.Finance.Services;

/// <summary>Whose money a request may be about, and what people are called. Money belongs to user ids: a name may change hands.</summary>
public sealed class FinanceAccess(IAuthorizationService authorization, UserManager<IUser> users, IAccountNames names)
{
    private const int MaxOwner = 100;

    /// <summary>Id of the signed-in user.</summary>
    public static string Actor(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    /// <summary>Whether the user has a permission.</summary>
    public Task<bool> MayAsync(ClaimsPrincipal user, Permission permission) => authorization.AuthorizeAsync(user, permission);

    /// <summary>Whose wallet the request is about: who sees all chooses, others get the shop's when they may see it and ask for no other, else their own, whatever the address says.</summary>
    /// <returns>A user's id, empty for the shop itself; null when it is nobody's.</returns>
    public Task<string?> WalletAsync(ClaimsPrincipal user, string? wanted) => OwnerAsync(user, wanted, Permissions.ViewFinance, Permissions.ViewShopWallet, Permissions.ViewOwnWallet);

    /// <summary>The same of whose payouts they may ask for.</summary>
    /// <returns>A user's id, empty for the shop itself; null when it is nobody's.</returns>
    public Task<string?> PayoutsAsync(ClaimsPrincipal user, string? wanted) => OwnerAsync(user, wanted, Permissions.ManagePayouts, Permissions.RequestShopPayouts, Permissions.RequestOwnPayouts);

    private async Task<string?> OwnerAsync(ClaimsPrincipal user, string? wanted, Permission all, Permission shop, Permission own)
    {
        if (await MayAsync(user, all))
        {
            return wanted is { Length: > MaxOwner } ? null : wanted ?? "";
        }

        if (string.IsNullOrEmpty(wanted) && await MayAsync(user, shop))
        {
            return "";
        }

        return await MayAsync(user, own) && Actor(user) is { Length: > 0 } id ? id : null;
    }

    /// <summary>What somebody is called; the id itself when there is no such user any more.</summary>
    public async Task<string> NameAsync(string id) => (await NamesAsync([id]))[id];

    /// <summary>Id of who signs in with a name; empty for the shop itself, null when there is no such user.</summary>
    public async Task<string?> IdAsync(string? userName) =>
        string.IsNullOrWhiteSpace(userName) ? "" : await users.FindByNameAsync(userName.Trim()) is { } user ? await users.GetUserIdAsync(user) : null;

    /// <summary>What all of these are called, by id.</summary>
    public Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string?> ids) => names.NamesAsync(ids);
}
