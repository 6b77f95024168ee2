using LinkShop.Http;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Referrals.Services;

/// <summary>Accounts behind promoters.</summary>
public sealed class People(IUserService users, IAccountNames names)
{
    /// <summary>Mail address of an account: who buys with it buys for themselves.</summary>
    public async Task<IReadOnlyList<string>> ContactsAsync(string userId) =>
        await users.GetUserByUniqueIdAsync(userId) is User user ? user.Email is { Length: > 0 } mail ? [mail] : [] : [];

    /// <summary>The account that somebody signs in with; null when there is none.</summary>
    public async Task<string?> IdAsync(string name) => await users.GetUserAsync(name) is User user ? user.UserId : null;

    /// <summary>What accounts are called, by id.</summary>
    public Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string?> ids) => names.NamesAsync(ids.Where(id => !string.IsNullOrEmpty(id)));
}
