using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using YesSql;
using YesSql.Services;

namespace LinkShop.Referrals.Services;

/// <summary>Accounts behind promoters.</summary>
public sealed class People(IUserService users, ISession session)
{
    /// <summary>Mail address of an account: who buys with it buys for themselves.</summary>
    public async Task<IReadOnlyList<string>> ContactsAsync(string userId) =>
        await users.GetUserByUniqueIdAsync(userId) is User user ? user.Email is { Length: > 0 } mail ? [mail] : [] : [];

    /// <summary>The account that somebody signs in with; null when there is none.</summary>
    public async Task<string?> IdAsync(string name) => await users.GetUserAsync(name) is User user ? user.UserId : null;

    /// <summary>What accounts are called, by id, in one query; the id itself where there is none any more.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string?> ids)
    {
        var names = ids.OfType<string>().Where(id => id.Length > 0).Distinct().ToDictionary(id => id, StringComparer.Ordinal);
        var asked = names.Keys.ToArray();
        if (asked.Length > 0)
        {
            foreach (var user in await session.Query<User, UserIndex>(index => index.UserId.IsIn(asked)).ListAsync())
                names[user.UserId] = user.UserName;
        }

        return names;
    }
}
