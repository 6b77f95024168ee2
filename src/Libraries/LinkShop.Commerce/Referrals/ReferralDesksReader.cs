using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralDesksReader(ICommerceDatabase database, PromoterDeskReader desk, NetworkReader network, ReferralRuleBook book, TimeProvider clock) : IReferralDesks
{
    private const string Campaigns = """
        select plan_id, campaign, currency, cast(sum(orders) as bigint) as orders, cast(sum(new_buyers) as bigint) as new_buyers, cast(sum(sales) as bigint) as sales, cast(sum(discounts) as bigint) as discounts,
          cast(sum(accrued - reversed) as bigint) as cost
        from referral_campaign_day where tenant = @tenant and day between @first and @last group by plan_id, campaign, currency order by sales desc, plan_id, campaign
        """;

    private const string Health = """
        select day, currency, clicks, visits, orders, by_code, new_buyers, sales, accrued, reversed, joins, brought, sharers, buyers from referral_health_day where tenant = @tenant and day between @first and @last
        """;

    private const string Before = "select cast(coalesce(sum(joins), 0) as bigint) from referral_health_day where tenant = @tenant and day < @first";

    private const string Costs = """
        select d.day, cast(sum(d.sales) as bigint) as sales, cast(sum(d.accrued - d.reversed + d.discounts) as bigint) as cost, d.plan_id, p.version from referral_campaign_day d join referral_plan p on p.tenant = d.tenant and p.id = d.plan_id
        where d.tenant = @tenant and d.currency = @currency and d.day between @first and @last group by d.day, d.plan_id, p.version
        """;

    private const string Best = """
        select p.name, p.tier, t.orders, t.sales from referral_verified t join referral_promoter p on p.tenant = t.tenant and p.id = t.promoter
        where t.tenant = @tenant and t.currency = @currency and t.sales > 0 and p.listed and p.state = 'Active' order by t.sales desc, t.promoter limit @take
        """;

    public Task<PromoterDesk?> PromoterAsync(TenantScope scope, string promoter, int days = 30, CancellationToken cancellationToken = default) => desk.ReadAsync(scope, promoter, days, cancellationToken);

    public Task<Neighbourhood?> NeighbourhoodAsync(TenantScope scope, string promoter, int take = 200, CancellationToken cancellationToken = default) => network.ReadAsync(scope, promoter, take, cancellationToken);

    public Task<IReadOnlyList<CampaignReport>> CampaignsAsync(TenantScope scope, DateOnly from, DateOnly until, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<CampaignReport>>(scope, async c =>
    {
        var rows = await c.QueryAsync<CampaignRow>(Campaigns, new { first = DayOf(from), last = DayOf(until) }).ConfigureAwait(false);
        return [.. rows.Select(r =>
        {
            var cost = r.Cost + r.Discounts;
            Money In(long minor) => new(minor, r.Currency);
            return new CampaignReport(r.PlanId, r.Campaign, r.Orders, r.NewBuyers, In(r.Sales), In(r.Discounts), In(r.Cost), cost > 0 ? Math.Round((decimal)r.Sales / cost, 2) : null);
        })];
    }, cancellationToken);

    public Task<LoopHealth> HealthAsync(TenantScope scope, int days = 30, CancellationToken cancellationToken = default) => database.ReadAsync(scope, async c =>
    {
        var currency = (await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false))?.Currency ?? "CNY";
        var last = (int)(clock.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000);
        var first = last - Math.Clamp(days, 1, 365) + 1;
        var cohorts = c.DeferQuery<CohortCount>("select cohort, month, promoters from referral_cohort where tenant = @tenant order by cohort, month");
        var costs = await c.QueryAsync<CostRow>(Costs, new { currency, first, last }).ConfigureAwait(false);
        var before = await c.QuerySingleOrDefaultAsync<long>(Before, new { first }).ConfigureAwait(false);
        var rows = await c.QueryAsync<HealthRow>(Health, new { first, last }).ConfigureAwait(false);
        var counts = rows.Select(r => new CountRow("", r.Day, r.Currency, r.Clicks, r.Visits, r.Orders, r.NewBuyers, r.Sales, r.Accrued, r.Reversed, 0)).ToList();
        // a code that was typed at checkout has no visit
        var (visits, orders, buyers) = (rows.Sum(r => r.Visits), rows.Sum(r => r.Orders - r.ByCode), rows.Sum(r => r.Buyers));
        return new LoopHealth(
            CountRow.Days(counts, first, last, currency), Ratio(rows.Sum(r => r.Sharers), buyers), Ratio(orders, visits), Ratio(rows.Sum(r => r.Brought), before),
            await PaybackAsync(c, costs, first).ConfigureAwait(false), Cohorts(cohorts.Rows));
    }, cancellationToken);

    public Task<IReadOnlyList<LeaderboardRow>> LeaderboardAsync(TenantScope scope, int take = 20, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<LeaderboardRow>>(scope, async c =>
    {
        var currency = (await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false))?.Currency ?? "CNY";
        var rows = await c.QueryAsync<BestRow>(Best, new { currency, take = Math.Clamp(take, 1, 100) }).ConfigureAwait(false);
        return [.. rows.Select((r, i) => new LeaderboardRow(i + 1, r.Name, r.Tier, r.Orders, new Money(r.Sales, currency)))];
    }, cancellationToken);

    private static int DayOf(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static decimal? Ratio(long part, long whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 4);

    private async Task<int?> PaybackAsync(ICommerceConnection connection, IReadOnlyList<CostRow> costs, int first)
    {
        var margins = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (plan, version) in costs.Select(c => (c.PlanId, c.Version)).Distinct())
        {
            margins[plan] = (await book.VersionAsync(connection, plan, version).ConfigureAwait(false))!.MarginBasisPoints;
        }

        var (gained, spent) = (0m, 0m);
        foreach (var day in costs.GroupBy(c => c.Day).OrderBy(d => d.Key))
        {
            gained += day.Sum(c => c.Sales * (decimal)margins[c.PlanId] / 10_000);
            spent += day.Sum(c => c.Cost);
            if (spent > 0 && gained >= spent)
                return day.Key - first;
        }

        return null;
    }

    private static IReadOnlyList<CohortRow> Cohorts(IReadOnlyList<CohortCount> counts) => [.. counts.GroupBy(c => c.Cohort).Select(g =>
    {
        var start = new DateOnly(g.Key / 100, g.Key % 100, 1);
        var active = g.Where(c => c.Month > 0).ToDictionary(c => Months(c.Month) - Months(g.Key), c => c.Promoters);
        return new CohortRow(start, g.Where(c => c.Month == 0).Sum(c => c.Promoters), [.. Enumerable.Range(0, active.Keys.DefaultIfEmpty(-1).Max() + 1).Select(m => active.GetValueOrDefault(m))]);
    })];

    private static int Months(int yearMonth) => (yearMonth / 100 * 12) + (yearMonth % 100);

    private sealed record CampaignRow(string PlanId, string Campaign, string Currency, long Orders, long NewBuyers, long Sales, long Discounts, long Cost);

    private sealed record HealthRow(int Day, string Currency, long Clicks, long Visits, long Orders, long ByCode, long NewBuyers, long Sales, long Accrued, long Reversed, long Joins, long Brought, long Sharers, long Buyers);

    private sealed record CostRow(int Day, long Sales, long Cost, string PlanId, long Version);

    private sealed record BestRow(string Name, string Tier, long Orders, long Sales);

    private sealed record CohortCount(int Cohort, int Month, long Promoters);
}
