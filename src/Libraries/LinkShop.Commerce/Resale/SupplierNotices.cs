using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Resale;

/// <summary>What a supplier did. Stored by name.</summary>
public enum SupplierNoticeKind
{
    /// <summary>Changed its terms, or stopped offering.</summary>
    Changed,
    /// <summary>Took the goods off sale; it can't be ordered until they are back.</summary>
    OffSale,
    /// <summary>Recalled keys that a buyer of the shop has.</summary>
    Recalled,
}

/// <summary>Something that a supplier did and nobody of the shop has seen yet.</summary>
/// <param name="Id">Id, unique in the shop.</param>
/// <param name="Kind">What it did.</param>
/// <param name="Title">The goods.</param>
/// <param name="Supplier">The supplier's name, as it calls itself.</param>
/// <param name="OrderId">The shop's order that it is about, or null.</param>
/// <param name="At">When.</param>
public sealed record SupplierNotice(string Id, SupplierNoticeKind Kind, string Title, string Supplier, string? OrderId, DateTimeOffset At)
{
    /// <summary>The id of the notice about a listing's terms.</summary>
    /// <param name="listing">The listing.</param>
    public static string IdOfChange(string listing) => "changed-" + listing;
}

/// <summary>What waits for a shop's people because of its suppliers. Callers have checked the permission.</summary>
public interface ISupplierNotices
{
    /// <summary>What nobody has seen yet, newest first, at most 100. A recall is over once its order is given back.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<SupplierNotice>> OpenAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>How many there are.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<long> CountAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Somebody has seen one.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="id">The notice.</param>
    /// <param name="actor">User name of the one who has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether it was open.</returns>
    Task<bool> SeenAsync(TenantScope scope, string id, string actor, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class SupplierNotices(ICommerceDatabase database, TimeProvider clock) : ISupplierNotices
{
    private const string From = """
        from resale_notice n left join orders o on o.tenant = n.tenant and o.id = n.order_id where n.tenant = @tenant and n.seen_at is null and (o.id is null or o.state <> 'Refunded')
        """;

    private const string Open = "select n.id, n.kind, n.title, n.supplier, n.order_id, n.at " + From + " order by n.at desc, n.id limit 100";
    private const string Count = "select count(*) " + From;
    private const string See = "update resale_notice set seen_at = @now, seen_by = @actor where tenant = @tenant and id = @id and seen_at is null";

    private const string Insert = """
        insert into resale_notice (tenant, id, kind, title, supplier, order_id, at) values (@tenant, @id, @kind, @title, @supplier, @orderId, @now)
        on conflict (tenant, id) do update set title = excluded.title, supplier = excluded.supplier, at = excluded.at, seen_at = null, seen_by = null
        """;

    /// <summary>Writes one down in the shop, and tells its people by mail.</summary>
    /// <param name="shop">The shop's scope.</param>
    /// <param name="kind">What the supplier did.</param>
    /// <param name="notice">With what.</param>
    /// <param name="outbox">Where the event goes.</param>
    /// <param name="now">The time.</param>
    public static void Add(ICommerceConnection shop, SupplierNoticeKind kind, ResaleNotice notice, IOutbox outbox, DateTimeOffset now)
    {
        shop.Defer(Insert, new { id = IdOf(kind, notice.OrderId ?? notice.Listing), kind, title = notice.Title, supplier = notice.Supplier, orderId = notice.OrderId, now });
        outbox.Add(shop, kind == SupplierNoticeKind.Recalled ? ResaleEvents.Recalled : ResaleEvents.Changed, notice);
    }

    /// <summary>One is over, or was seen.</summary>
    public static void Settle(ICommerceConnection shop, SupplierNoticeKind kind, string subject, string actor, DateTimeOffset now) => shop.Defer(See, new { id = IdOf(kind, subject), actor, now });

    public Task<IReadOnlyList<SupplierNotice>> OpenAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync(scope, c => c.QueryAsync<SupplierNotice>(Open), cancellationToken);

    public Task<long> CountAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<long>(Count), cancellationToken);

    public Task<bool> SeenAsync(TenantScope scope, string id, string actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync(scope, async c => await c.ExecuteAsync(See, new { id, actor, now = clock.GetUtcNow() }).ConfigureAwait(false) == 1, cancellationToken);

    private static string IdOf(SupplierNoticeKind kind, string subject) => kind switch
    {
        SupplierNoticeKind.Changed => SupplierNotice.IdOfChange(subject),
        SupplierNoticeKind.OffSale => "offsale-" + subject,
        _ => "recalled-" + subject,
    };
}
