using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Splits;

/// <summary>A line's frozen shares.</summary>
internal sealed class SplitRow
{
    public int Line { get; init; }
    public string Merchant { get; init; } = "";
    public long Total { get; init; }
    public string Document { get; init; } = "";
    public bool Released { get; init; }
    public int ReleaseDays { get; init; }
    public int ReservePoints { get; init; }
    public int ReserveDays { get; init; }
    public DateTimeOffset? ReleaseAt { get; init; }
    public long Reserved { get; init; }
    public DateTimeOffset? ReserveUntil { get; init; }

    private Share[]? _shares;

    public Share[] Shares => _shares ??= JsonSerializer.Deserialize(Document, SplitJson.Default.ShareArray)!;
}

/// <summary>Freezes how a paid order is shared, and finds it again.</summary>
internal sealed class SplitStore(FeePolicies policies, OfferVersions versions, FeeOptions options)
{
    private const string Columns = "line, merchant, total, document, released_at is not null as released, release_days, reserve_points, reserve_days, release_at, reserved, reserve_until";

    private const string Select = $"select {Columns} from order_split where tenant = @tenant and order_id = @orderId order by line";

    private const string Insert = """
        insert into order_split (tenant, order_id, line, merchant, currency, total, policy, document, state, release_days, reserve_points, reserve_days, release_at)
        values (@tenant, @orderId, @line, @merchant, @currency, @total, @policy, @document, 'Pending', @days, @points, @reserveDays, @releaseAt)
        """;

    private const string Merchants = "select owner, tier, shop_plan, joined_at from merchant where tenant = @tenant and owner ";

    private const string Delivered = """
        update order_split set release_at = @now + release_days * cast(86400000 as bigint) where tenant = @tenant and order_id = @orderId and state = 'Pending'
        """;

    /// <summary>The order was delivered by hand just now: the days until its release begin.</summary>
    public static void BeginRelease(ICommerceConnection connection, string orderId, DateTimeOffset now) => connection.Defer(Delivered, new { orderId, now });

    public static Task<IReadOnlyList<SplitRow>> ReadAsync(ICommerceConnection connection, string orderId) => connection.QueryAsync<SplitRow>(Select, new { orderId });

    /// <summary>Shares an order out by the policy in force and keeps it.</summary>
    public async Task<IReadOnlyList<SplitRow>> FreezeAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, string provider, DateTimeOffset? fulfilledAt, DateTimeOffset now)
    {
        var offers = new Offer[rows.Count];
        for (var i = 0; i < offers.Length; i++)
            offers[i] = (await versions.GetAsync(connection, rows[i].SkuId, rows[i].Version).ConfigureAwait(false)).Offer;
        var order = rows[0];
        var policy = await policies.GetAsync(connection, order.FeePolicy ?? 0).ConfigureAwait(false);
        var found = policy.AsksForMerchant
            ? await connection.QueryAsync<MerchantRow>(Merchants + connection.In("owners"), new { owners = offers.Select(o => o.Merchant ?? "").Distinct().ToList() }).ConfigureAwait(false)
            : [];
        var merchants = found.ToDictionary(m => m.Owner, StringComparer.Ordinal);
        var paid = new List<(int Line, SplitLine Split, MerchantRow? Merchant)>(rows.Count);
        for (var i = 0; i < offers.Length; i++)
        {
            var merchant = merchants.GetValueOrDefault(offers[i].Merchant ?? "");
            if (rows[i].LineTotal > 0)
                paid.Add((rows[i].Line, new SplitLine(rows[i].LineTotal, offers[i].CategoryId, offers[i].Merchant ?? "", merchant?.Tier, merchant?.ShopPlan), merchant));
        }

        var shares = SplitCalculator.Split(new SplitOrder(order.Currency, provider, order.Reseller, order.Promoter, now), paid.ConvertAll(p => p.Split), policy, options.CeilingBasisPoints);
        var frozen = new SplitRow[paid.Count];
        for (var i = 0; i < frozen.Length; i++)
            frozen[i] = Store(connection, order, paid[i].Line, paid[i].Split, shares[i], policy, IsNew(paid[i].Merchant, policy, now), fulfilledAt);
        return frozen;
    }

    private static SplitRow Store(ICommerceConnection connection, OrderRow order, int line, SplitLine split, IReadOnlyList<Share> shares, FeePolicy policy, bool isNew, DateTimeOffset? fulfilledAt)
    {
        var days = SplitCalculator.DaysFor(policy, split);
        var row = new SplitRow
        {
            Line = line,
            Merchant = split.Merchant,
            Total = split.Total,
            Document = JsonSerializer.Serialize(shares, SplitJson.Default.IReadOnlyListShare),
            ReleaseDays = days,
            ReservePoints = isNew ? policy.ReserveBasisPoints : 0,
            ReserveDays = policy.ReserveDays,
            ReleaseAt = fulfilledAt?.AddDays(days),
        };
        connection.Defer(Insert, new
        {
            orderId = order.Id,
            line,
            row.Merchant,
            order.Currency,
            row.Total,
            policy = policy.Version,
            row.Document,
            days,
            points = row.ReservePoints,
            row.ReserveDays,
            row.ReleaseAt,
        });
        return row;
    }

    // the tenant's own shop isn't new to itself
    private static bool IsNew(MerchantRow? merchant, FeePolicy policy, DateTimeOffset now) => merchant is { Owner.Length: > 0 } && merchant.JoinedAt.AddDays(policy.NewMerchantDays) > now;

    private sealed record MerchantRow(string Owner, string? Tier, string? ShopPlan, DateTimeOffset JoinedAt);
}
