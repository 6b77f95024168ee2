using System.Globalization;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Referrals;

/// <summary>One thing that a scan found; its currency is that of the amounts, empty where there are none.</summary>
internal sealed record ScanFinding(ReferralCaseKind Kind, string? Promoter, string? SkuId, long First, long Second, string Currency);

/// <summary>Looks over a whole tenant with a few statements. What was decided within thirty days isn't asked about again, nor what was found true of a promoter, who is frozen.</summary>
internal sealed class ReferralScan(ICommerceDatabase database, ISecretProtector protector, ReferralReview review, TimeProvider clock)
{
    private const int Most = 1_000;

    // fewer of little say nothing: one order of a friend who is a promoter too would be all of it. A hundred of a currency with two decimals
    private const int LeastOrders = 5;
    private const int LeastMinor = 10_000;
    private const int LeastCodes = 20;
    private const int LeastTickets = 30;
    private const int LeastBuyers = 30;

    // each currency by itself: amounts of several say nothing together. All rows are read once, in the order of their key; by currency only those of who can be at fault
    private const string SelfBought = """
        with sellers as (select promoter from referral_relation where tenant = @tenant group by promoter
          having max(case when buyer_promoter is null then 0 else 1 end) = 1
            and (min(currency) <> max(currency) or (sum(case when buyer_promoter is null then 0 else sales end) * 10000 > sum(sales) * @share and (sum(orders) >= @least or sum(case when buyer_promoter is null then 0 else sales end) >= @leastMinor))))
        select 'SelfBought' as kind, r.promoter, null as sku_id, cast(sum(case when r.buyer_promoter is null then 0 else r.sales end) as bigint) as first, cast(sum(r.sales) as bigint) as second, r.currency
        from sellers s cross join referral_relation r where r.tenant = @tenant and r.promoter = s.promoter group by r.promoter, r.currency
        having sum(case when r.buyer_promoter is null then 0 else r.sales end) * 10000 > sum(r.sales) * @share and (sum(r.orders) >= @least or sum(case when r.buyer_promoter is null then 0 else r.sales end) >= @leastMinor) and max(case when r.buyer_promoter is null then 0 else 1 end) = 1 limit @most
        """;

    // two who buy from each other, or three in a circle; for longer ones see ReferralRings
    private const string Ring = """
        select 'Ring' as kind, a.promoter, null as sku_id, count(distinct a.buyer_promoter) as first, cast(sum(a.sales) as bigint) as second, a.currency from referral_relation a
        where a.tenant = @tenant and a.buyer_promoter is not null and a.buyer_promoter <> a.promoter and (
          exists (select 1 from referral_relation b where b.tenant = @tenant and b.promoter = a.buyer_promoter and b.buyer_promoter = a.promoter)
          or exists (select 1 from referral_relation b join referral_relation c on c.tenant = @tenant and c.promoter = b.buyer_promoter and c.buyer_promoter = a.promoter
            where b.tenant = @tenant and b.promoter = a.buyer_promoter and b.buyer_promoter is not null and b.buyer_promoter <> b.promoter))
        group by a.promoter, a.currency limit @most
        """;

    private const string Velocity = """
        select 'Velocity' as kind, promoter, null as sku_id, max(n) as first, count(*) as second, '' as currency from
          (select promoter, count(*) as n from referral_attribution where tenant = @tenant and order_id >= @yesterday group by promoter, at / cast(3600000 as bigint) having count(*) > @perHour) h
        group by promoter limit @most
        """;

    private const string CouponSite = """
        select 'CouponSite' as kind, s.promoter, null as sku_id, s.n as first, coalesce(v.visits, 0) as second, '' as currency from
          (select promoter, count(*) as n from referral_attribution where tenant = @tenant and order_id >= @month and via = 'Code' group by promoter having count(*) >= @codes) s
          left join (select promoter, cast(sum(visits) as bigint) as visits from referral_day where tenant = @tenant and day >= @monthDay and currency = '' group by promoter) v on v.promoter = s.promoter
        where s.n > coalesce(v.visits, 0) * 10 limit @most
        """;

    private const string PeopleAndLevels = """
        select 'PeopleAndLevels' as kind, root as promoter, null as sku_id, count(*) + 1 as first, max(depth) + 1 as second, '' as currency from referral_edge where tenant = @tenant group by root having count(*) >= 29 and max(depth) >= 2 limit @most
        """;

    // whether the buyer is a promoter: one already at the order, or since then, see KnownBuyers
    private const string ByPromoter = """
        (a.buyer_promoter is not null or exists (select 1 from referral_relation r where r.tenant = @tenant and r.promoter = a.promoter and r.buyer = a.buyer and r.buyer_promoter is not null))
        """;

    private const string TicketSku = $"""
        select 'TicketSku' as kind, null as promoter, l.sku_id, count(*) as first, max(t.n) as second, '' as currency
        from referral_attribution a join order_lines l on l.tenant = a.tenant and l.order_id = a.order_id
          cross join (select count(*) as n from referral_attribution a where a.tenant = @tenant and a.order_id >= @month and {ByPromoter}) t
        where a.tenant = @tenant and a.order_id >= @month and {ByPromoter} group by l.sku_id having count(*) >= @tickets and count(*) * 10 > max(t.n) * 8 limit @most
        """;

    // goods that nobody wants who isn't in it
    private const string FewBuyers = $"""
        select 'FewBuyers' as kind, null as promoter, null as sku_id, count(distinct outside) as first, count(distinct buyer) as second, '' as currency
        from (select a.buyer, case when {ByPromoter} then null else a.buyer end as outside from referral_attribution a where a.tenant = @tenant and a.order_id >= @month) b
        having count(distinct buyer) >= @buyers and count(distinct outside) * 2 < count(distinct buyer)
        """;

    // nobody is frozen by an alarm about the shop as a whole: it is raised again when it still goes on
    private const string Decided = "select kind, promoter, sku_id, 0 as first, 0 as second, '' as currency from referral_case where tenant = @tenant and (((promoter is null or state in ('Dismissed', 'AppealUpheld')) and coalesce(appeal_at, decided_at) >= @since) or (promoter is not null and state in ('Upheld', 'AppealDismissed')))";

    public async Task<IReadOnlyDictionary<ReferralCaseKind, int>> RunAsync(TenantScope scope, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await VerifiedPayees.FindAsync(database, protector, scope, now, cancellationToken).ConfigureAwait(false);
        await KnownBuyers.FindAsync(database, scope, cancellationToken).ConfigureAwait(false);
        var opened = new Dictionary<ReferralCaseKind, int>();
        var (findings, known) = await database.ReadAsync(scope, c => FindAsync(c, now), cancellationToken).ConfigureAwait(false);
        // one case for each, with what is worst of several currencies
        foreach (var finding in findings.Where(f => !known.Contains((f.Kind, f.Promoter, f.SkuId))).GroupBy(f => (f.Kind, f.Promoter, f.SkuId)).Select(g => g.MaxBy(Weight)!))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var freeze = finding.Kind is ReferralCaseKind.SelfBought or ReferralCaseKind.Ring;
            var id = await database.WriteAsync(
                scope, c => review.OpenAsync(c, finding.Kind, finding.Promoter, null, finding.SkuId, Evidence(finding), freeze, "scan", now), CancellationToken.None).ConfigureAwait(false);
            if (id is not null)
                opened[finding.Kind] = opened.GetValueOrDefault(finding.Kind) + 1;
        }

        return opened;
    }

    private static async Task<(IReadOnlyList<ScanFinding>, HashSet<(ReferralCaseKind, string?, string?)>)> FindAsync(ICommerceConnection connection, DateTimeOffset now)
    {
        var findings = new List<ScanFinding>();
        if (await ReferralRuleBook.ProgramAsync(connection).ConfigureAwait(false) is not { } program)
            return (findings, []);
        var values = new
        {
            share = (long)program.PromoterBoughtBasisPoints,
            perHour = (long)program.VelocityPerHour,
            least = (long)LeastOrders,
            leastMinor = (long)LeastMinor,
            codes = (long)LeastCodes,
            tickets = (long)LeastTickets,
            buyers = (long)LeastBuyers,
            most = Most,
            yesterday = CommerceId.LowerBound(now.AddHours(-25)),
            month = CommerceId.LowerBound(now.AddDays(-30)),
            monthDay = now.AddDays(-30).ToUnixTimeMilliseconds() / 86_400_000,
        };
        foreach (var sql in (string[])[SelfBought, Ring, Velocity, CouponSite, PeopleAndLevels, TicketSku, FewBuyers])
            findings.AddRange(await connection.QueryAsync<ScanFinding>(sql, values).ConfigureAwait(false));
        findings.AddRange(await ReferralRings.FindAsync(connection, Most).ConfigureAwait(false));
        var decided = await connection.QueryAsync<ScanFinding>(Decided, new { since = now.AddDays(-30) }).ConfigureAwait(false);
        return (findings, [.. decided.Select(d => (d.Kind, d.Promoter, d.SkuId))]);
    }

    // the greatest part, or the most people: amounts of two currencies aren't compared
    private static decimal Weight(ScanFinding finding) => finding.Kind == ReferralCaseKind.SelfBought ? (decimal)finding.First / finding.Second : finding.First;

    private static Dictionary<string, string> Evidence(ScanFinding finding)
    {
        var (first, second) = (finding.First.ToString(CultureInfo.InvariantCulture), finding.Second.ToString(CultureInfo.InvariantCulture));
        return finding.Kind switch
        {
            ReferralCaseKind.SelfBought => new() { ["boughtByPromotersMinor"] = first, ["salesMinor"] = second, ["currency"] = finding.Currency },
            ReferralCaseKind.Ring => new() { ["relations"] = first, ["salesMinor"] = second, ["currency"] = finding.Currency },
            ReferralCaseKind.Velocity => new() { ["ordersInOneHour"] = first, ["suchHours"] = second },
            ReferralCaseKind.CouponSite => new() { ["ordersByCode"] = first, ["visits"] = second },
            ReferralCaseKind.PeopleAndLevels => new() { ["people"] = first, ["levels"] = second },
            ReferralCaseKind.FewBuyers => new() { ["buyersOutside"] = first, ["buyers"] = second },
            _ => new() { ["orders"] = first, ["ordersByPromoters"] = second },
        };
    }
}
