using LinkShop.Http;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;
using YesSql.Services;

namespace LinkShop.Platform.Services;

/// <inheritdoc />
internal sealed class AccountNames(ISession session) : IAccountNames
{
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string?> ids)
    {
        var names = ids.OfType<string>().Distinct().ToDictionary(id => id, StringComparer.Ordinal);
        // the shop itself is no user
        var asked = names.Keys.Where(id => id.Length > 0).ToArray();
        if (asked.Length > 0)
        {
            foreach (var user in await session.Query<User, UserIndex>(index => index.UserId.IsIn(asked)).ListAsync())
                names[user.UserId] = user.UserName;
        }

        return names;
    }
}
