using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Resale;

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

    /// <summary>What is kept back of it for a while; less once a refund took of it.</summary>
    public long Reserved { get; set; }
    public DateTimeOffset? ReserveUntil { get; init; }

    /// <summary>Days after delivery that referral rewards wait, at least as long as the merchant; null when the line has none.</summary>
    public int? RewardDays { get; init; }

    /// <summary>Before then no reward is released, whenever the goods were delivered.</summary>
    public DateTimeOffset? RewardAfter { get; init; }
    public DateTimeOffset? RewardAt { get; init; }
    public bool RewardReleased { get; init; }

    /// <summary>A review took the promoter's reward back: it is nobody's, and what paid it has it again.</summary>
    public bool RewardVoided { get; init; }

    /// <summary>The same for the introducer, whose part goes its own way; null when the line has no introducer.</summary>
    public DateTimeOffset? IntroAfter { get; init; }
    public DateTimeOffset? IntroAt { get; init; }
    public bool IntroReleased { get; init; }
    public bool IntroVoided { get; init; }

    private Share[]? _shares;

    public Share[] Shares => _shares ??= WithoutVoided(JsonSerializer.Deserialize(Document, SplitJson.Default.ShareArray)!);

    /// <summary>Whether a share isn't released with the line, but at its own time.</summary>
    public bool WaitsLonger(Share share) => RewardDays is not null && share.Kind is ShareKind.Promoter or ShareKind.Introducer;

    public bool IsReleased(Share share) => !WaitsLonger(share) ? Released : share.Kind == ShareKind.Introducer ? IntroReleased : RewardReleased;

    /// <summary>When the promoter's reward is released of goods that were delivered then; null when the line has none that waits.</summary>
    public DateTimeOffset? RewardAtFor(DateTimeOffset? deliveredAt) => RewardReleased || RewardVoided ? null : At(deliveredAt, RewardAfter);

    /// <summary>When the introducer's is.</summary>
    public DateTimeOffset? IntroAtFor(DateTimeOffset? deliveredAt) => IntroAfter is null || IntroReleased || IntroVoided ? null : At(deliveredAt, IntroAfter);

    private DateTimeOffset? At(DateTimeOffset? deliveredAt, DateTimeOffset? after)
    {
        if (RewardDays is not { } days || deliveredAt is not { } delivered)
            return null;
        return delivered.AddDays(days) is var at && at < after ? after : at;
    }

    private bool IsVoided(Share share) => (share.Kind == ShareKind.Promoter && RewardVoided) || (share.Kind == ShareKind.Introducer && IntroVoided);

    private Share[] WithoutVoided(Share[] shares)
    {
        if (!RewardVoided && !IntroVoided)
            return shares;
        var back = shares.Where(s => s.ByPlatform == true && IsVoided(s)).Sum(s => s.Minor);
        return Array.ConvertAll(shares, s => IsVoided(s) ? s with { Minor = 0 } : s.Kind == ShareKind.Platform ? s with { Minor = s.Minor + back } : s);
    }
}

/// <summary>Freezes how a paid order is shared, and finds it again.</summary>
internal sealed class SplitStore(FeePolicies policies, OfferVersions versions, FeeOptions options, ReferralRewards rewards)
{
    private const string Columns = """
        line, merchant, total, document, released_at is not null as released, release_days, reserve_points, reserve_days, release_at, reserved, reserve_until,
        reward_days, reward_after, reward_at, reward_released_at is not null as reward_released, reward_voided,
        intro_after, intro_at, intro_released_at is not null as intro_released, intro_voided
        """;

    private const string Select = $"select {Columns} from order_split where tenant = @tenant and order_id = @orderId order by line";

    private const string Insert = """
        insert into order_split (tenant, order_id, line, merchant, currency, total, policy, document, state, release_days, reserve_points, reserve_days, release_at, reward_days, reward_after, reward_at, intro_after, intro_at)
        values (@tenant, @orderId, @line, @merchant, @currency, @total, @policy, @document, 'Pending', @days, @points, @reserveDays, @releaseAt, @rewardDays, @rewardAfter, @rewardAt, @introAfter, @introAt)
        """;

    private const string Merchants = "select owner, tier, shop_plan, joined_at from merchant where tenant = @tenant and owner ";

    private const string Delivered = """
        update order_split set release_at = @now + release_days * cast(86400000 as bigint),
          reward_at = case when not @rewarded or reward_days is null or reward_voided then null when @now + reward_days * cast(86400000 as bigint) < reward_after then reward_after else @now + reward_days * cast(86400000 as bigint) end,
          intro_at = case when not @rewarded or intro_after is null or intro_voided then null when @now + reward_days * cast(86400000 as bigint) < intro_after then intro_after else @now + reward_days * cast(86400000 as bigint) end
        where tenant = @tenant and order_id = @orderId and line = @line and state = 'Pending'
        """;

    /// <summary>The order was delivered by hand just now: the days until the release of a line begin, and those of its reward if it is for anything.</summary>
    public static void BeginRelease(ICommerceConnection connection, string orderId, int line, bool rewarded, DateTimeOffset now) => connection.Defer(Delivered, new { orderId, line, rewarded, now });

    public static Task<IReadOnlyList<SplitRow>> ReadAsync(ICommerceConnection connection, string orderId) => connection.QueryAsync<SplitRow>(Select, new { orderId });

    /// <summary>Shares an order out by the policy in force and keeps it.</summary>
    /// <returns>What each line is shared into, and the promoter's sale; null when nobody brought the buyer.</returns>
    public async Task<(IReadOnlyList<SplitRow> Lines, ReferralSale? Sale)> FreezeAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, string provider, DateTimeOffset? fulfilledAt, DateTimeOffset now)
    {
        var offers = new Offer[rows.Count];
        for (var i = 0; i < offers.Length; i++)
            offers[i] = (await versions.GetAsync(connection, rows[i].SkuId, rows[i].Version).ConfigureAwait(false)).Offer;
        var order = rows[0];
        var policy = await policies.GetAsync(connection, order.FeePolicy ?? 0).ConfigureAwait(false);
        var merchants = await MerchantsAsync(connection, policy, offers).ConfigureAwait(false);
        var supplies = order.Supplies == 0 ? [] : await SupplyLine.OfOrderAsync(connection, order.Id).ConfigureAwait(false);
        var paid = new List<(int Line, SplitLine Split, MerchantRow? Merchant)>(rows.Count);
        for (var i = 0; i < offers.Length; i++)
        {
            if (rows[i].LineTotal > 0)
                paid.Add((rows[i].Line, LineOf(offers[i], rows[i].LineTotal, merchants, CostOf(supplies, rows[i].Line)), merchants.GetValueOrDefault(offers[i].Merchant ?? "")));
        }

        // who was brought by a promoter is told by the attribution; the policy's own rule for promoters is for orders without one
        var sale = order.Promoter is null ? null : await rewards.BeginAsync(connection, order, provider, now).ConfigureAwait(false);
        var split = new SplitOrder(order.Currency, provider, order.Reseller, sale is null ? order.Promoter : null, now);
        var shares = SplitCalculator.Split(
            split, paid.ConvertAll(p => p.Split), policy, options.CeilingBasisPoints, sale is null ? null : rooms => sale.Share([.. paid.Select(p => (p.Line, SkuOf(rows, p.Line), p.Split))], rooms));
        var frozen = new SplitRow[paid.Count];
        for (var i = 0; i < frozen.Length; i++)
            frozen[i] = Store(connection, order, paid[i].Line, paid[i].Split, shares[i], policy, IsNew(paid[i].Merchant, policy, now), fulfilledAt, sale);
        sale?.Record(connection, now);
        return (frozen, sale);
    }

    private static string SkuOf(IReadOnlyList<OrderRow> rows, int line) => rows.First(r => r.Line == line).SkuId;

    /// <summary>What an order would leave the merchant of each line, by the rules of now and before anybody knows how it is paid: in the way that costs most. In it a supplier's cost must find room.</summary>
    public async Task<IReadOnlyList<long>> RestsAsync(ICommerceConnection connection, IReadOnlyList<(Offer Offer, long Total)> lines, string currency, string? reseller, string? promoter, DateTimeOffset now)
    {
        var policy = await policies.CurrentAsync(connection).ConfigureAwait(false);
        var merchants = await MerchantsAsync(connection, policy, [.. lines.Select(l => l.Offer)]).ConfigureAwait(false);
        var paid = lines.Where(l => l.Total > 0).Select(l => LineOf(l.Offer, l.Total, merchants, null)).ToList();
        var rests = paid.ConvertAll(p => p.Total);
        // any of the providers that cost something of their own may be chosen yet
        foreach (var provider in policy.Rules.Where(r => r.Share == ShareKind.PaymentCost).Select(r => r.Provider ?? "").Append("").Distinct(StringComparer.Ordinal))
        {
            var shares = SplitCalculator.Split(new SplitOrder(currency, provider, reseller, promoter, now), paid, policy, options.CeilingBasisPoints);
            for (var i = 0; i < shares.Length; i++)
                rests[i] = Math.Min(rests[i], shares[i][0].Minor);
        }

        var next = 0;
        return [.. lines.Select(l => l.Total > 0 ? rests[next++] : 0)];
    }

    private static async Task<Dictionary<string, MerchantRow>> MerchantsAsync(ICommerceConnection connection, FeePolicy policy, IReadOnlyList<Offer> offers)
    {
        if (!policy.AsksForMerchant)
            return [];
        var owners = offers.Select(o => o.Merchant ?? "").Distinct().ToList();
        return (await connection.QueryAsync<MerchantRow>(Merchants + connection.In("owners"), new { owners }).ConfigureAwait(false)).ToDictionary(m => m.Owner, StringComparer.Ordinal);
    }

    private static SplitLine LineOf(Offer offer, long total, Dictionary<string, MerchantRow> merchants, SupplyCost? supply)
    {
        var merchant = merchants.GetValueOrDefault(offer.Merchant ?? "");
        return new SplitLine(total, offer.CategoryId, offer.Merchant ?? "", merchant?.Tier, merchant?.ShopPlan, supply);
    }

    private static SupplyCost? CostOf(IReadOnlyList<SupplyLine> supplies, int line) => supplies.FirstOrDefault(s => s.Line == line) is { } supply
        ? new SupplyCost(supply.Upstream, supply.Cost, supply.Refunds == ResaleRefunds.ResellerPays ? LinePosition.Fixed : LinePosition.Proportional)
        : null;

    private static SplitRow Store(ICommerceConnection connection, OrderRow order, int line, SplitLine split, IReadOnlyList<Share> shares, FeePolicy policy, bool isNew, DateTimeOffset? fulfilledAt, ReferralSale? sale)
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
            RewardDays = sale?.Rewards(line) == true ? Math.Max(sale.WaitsDays, days) : null,
            RewardAfter = sale?.Rewards(line) == true ? sale.WaitsUntil : null,
            IntroAfter = sale?.Rewards(line, ShareKind.Introducer) == true ? sale.WaitsUntil : null,
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
            row.RewardDays,
            row.RewardAfter,
            rewardAt = row.RewardAtFor(fulfilledAt),
            row.IntroAfter,
            introAt = row.IntroAtFor(fulfilledAt),
        });
        return row;
    }

    // the platform isn't new to itself; a micro-shop, which is on a plan, is new to the platform
    private static bool IsNew(MerchantRow? merchant, FeePolicy policy, DateTimeOffset now) => merchant is { Owner.Length: > 0 } or { ShopPlan: not null } && merchant.JoinedAt.AddDays(policy.NewMerchantDays) > now;

    private sealed record MerchantRow(string Owner, string? Tier, string? ShopPlan, DateTimeOffset JoinedAt);
}
