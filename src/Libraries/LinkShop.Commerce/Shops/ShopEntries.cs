using System.Security.Cryptography;
using System.Text;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>Who comes into a shop from the platform.</summary>
/// <param name="UserId">Id of the account there.</param>
/// <param name="UserName">Its user name.</param>
/// <param name="Email">Its mail address, or null.</param>
/// <param name="Staff">True for someone of the platform, who comes as its administrator and not as the owner.</param>
/// <param name="Stamp">Security stamp of the session they come from: it is another one than the account's as soon as that session isn't good any more.</param>
public sealed record ShopVisitor(string UserId, string UserName, string? Email, bool Staff, string? Stamp = null);

/// <summary>Ways from the platform into a shop: a code that works once, in this shop, for a minute.</summary>
public interface IShopEntries
{
    /// <summary>Makes a code.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="visitor">Who comes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The code. It is stored nowhere.</returns>
    Task<string> IssueAsync(TenantScope platform, string shop, ShopVisitor visitor, CancellationToken cancellationToken = default);

    /// <summary>Uses a code up.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The tenant of the shop that is entered.</param>
    /// <param name="code">The code.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Who comes, or null when the code isn't good: used, too old, of another shop, made up, or of somebody who doesn't own the shop any more.</returns>
    Task<ShopVisitor?> RedeemAsync(TenantScope platform, string shop, string? code, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class ShopEntries(ICommerceDatabase database, TimeProvider clock) : IShopEntries
{
    internal static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(60);

    private const string Insert = """
        insert into shop_entry (tenant, code_hash, shop, user_id, user_name, email, staff, stamp, expires_at) values (@tenant, @hash, @shop, @userId, @userName, @email, @staff, @stamp, @expires)
        """;

    // of several who come with the same code at once, one changes the row
    private const string Use = """
        update shop_entry set used_at = @now where tenant = @tenant and code_hash = @hash and shop = @shop and used_at is null and expires_at > @now returning user_id, user_name, email, staff, stamp
        """;

    private const string Clean = "delete from shop_entry where tenant = @tenant and expires_at < @before";

    public async Task<string> IssueAsync(TenantScope platform, string shop, ShopVisitor visitor, CancellationToken cancellationToken = default)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var now = clock.GetUtcNow();
        await database.WriteAsync(platform, c =>
        {
            c.Defer(Clean, new { before = now - TimeSpan.FromHours(1) });
            c.Defer(Insert, new { hash = Hash(code), shop, userId = visitor.UserId, userName = visitor.UserName, email = visitor.Email, staff = visitor.Staff, stamp = visitor.Stamp, expires = now + GoodFor });
            return Task.CompletedTask;
        }, cancellationToken).ConfigureAwait(false);
        return code;
    }

    public async Task<ShopVisitor?> RedeemAsync(TenantScope platform, string shop, string? code, CancellationToken cancellationToken = default) => code is { Length: 48 }
        ? await database.WriteAsync(platform, async c =>
        {
            // the shop's row first, as a transfer takes it: either the code is used before the shop is given away, or it is gone
            var owned = await ShopSql.LockAsync(c, shop).ConfigureAwait(false);
            var visitor = await c.QuerySingleOrDefaultAsync<ShopVisitor>(Use, new { hash = Hash(code), shop, now = clock.GetUtcNow() }).ConfigureAwait(false);
            return owned is not null && (visitor is { Staff: true } || visitor?.UserId == owned.OwnerUser) ? visitor : null;
        }, cancellationToken).ConfigureAwait(false)
        : null;

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));
}
