using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>What became of a wish for room.</summary>
public enum StorageAnswer
{
    /// <summary>It is taken.</summary>
    Taken,

    /// <summary>There is none.</summary>
    Full,

    /// <summary>The shop's files were never counted.</summary>
    Uncounted,
}

/// <summary>How much room the files of a shop take: one number, so nobody counts files to add one, and of two who want the last room one gets it. The tenant of each call is the platform's.</summary>
public interface IShopStorage
{
    /// <summary>Takes room before a file is stored, or gives some back after one was deleted.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="bytes">How much more there will be; below zero gives back, which is never refused.</param>
    /// <param name="limit">How much there may be, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<StorageAnswer> TakeAsync(TenantScope platform, string shop, long bytes, long? limit, CancellationToken cancellationToken = default);

    /// <summary>Stores what somebody counted: when nothing was counted before, or, with <paramref name="again"/>, when no file was added for ten minutes, so that none is just being written.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="bytes">The sum.</param>
    /// <param name="again">Whether it was counted before.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it was stored.</returns>
    Task<bool> SetAsync(TenantScope platform, string shop, long bytes, bool again, CancellationToken cancellationToken = default);

    /// <summary>The number; null when the files were never counted.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<long?> BytesAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class ShopStorage(ICommerceDatabase database, TimeProvider clock) : IShopStorage
{
    internal static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private const string Bytes = "select media_bytes from shop_usage where tenant = @tenant and shop = @shop";

    private const string Take = """
        update shop_usage set media_bytes = media_bytes + @bytes, media_at = @now where tenant = @tenant and shop = @shop and media_bytes is not null and media_bytes + @bytes <= @limit
        """;

    private const string Give = """
        update shop_usage set media_bytes = case when media_bytes + @bytes < 0 then 0 else media_bytes + @bytes end where tenant = @tenant and shop = @shop and media_bytes is not null
        """;

    private const string First = """
        insert into shop_usage (tenant, shop, media_bytes) select tenant, shop, @bytes from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop) do update set media_bytes = excluded.media_bytes where shop_usage.media_bytes is null
        """;

    private const string Again = "update shop_usage set media_bytes = @bytes where tenant = @tenant and shop = @shop and media_at < @before";

    public Task<StorageAnswer> TakeAsync(TenantScope platform, string shop, long bytes, long? limit, CancellationToken cancellationToken = default) => database.WriteAsync(platform, async c =>
    {
        var changed = bytes <= 0
            ? await c.ExecuteAsync(Give, new { shop, bytes }).ConfigureAwait(false)
            : await c.ExecuteAsync(Take, new { shop, bytes, limit = limit ?? long.MaxValue, now = clock.GetUtcNow() }).ConfigureAwait(false);
        if (changed > 0)
            return StorageAnswer.Taken;
        return await c.QuerySingleOrDefaultAsync<long?>(Bytes, new { shop }).ConfigureAwait(false) is null ? StorageAnswer.Uncounted : StorageAnswer.Full;
    }, cancellationToken);

    public Task<bool> SetAsync(TenantScope platform, string shop, long bytes, bool again, CancellationToken cancellationToken = default) => database.WriteAsync(
        platform, async c => await c.ExecuteAsync(again ? Again : First, new { shop, bytes, before = clock.GetUtcNow() - Quiet }).ConfigureAwait(false) > 0, cancellationToken);

    public Task<long?> BytesAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<long?>(Bytes, new { shop }), cancellationToken);
}
