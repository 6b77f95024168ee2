using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>Works out what changes slowly: verified sales, tiers by them, cohorts, and how many shared and bought on a day; and forgets old clicks. Everything is read first: on SQLite nobody else writes while somebody does.</summary>
internal static class ReferralNightly
{
    private const int Batch = 500;

    // clicks tell of visitors, and after this nothing needs them: counters and attributions have what counts
    private static readonly TimeSpan ClicksKept = TimeSpan.FromDays(180);

    private const string Sales = """
        select p.id, p.tier, coalesce(s.sales, 0) as sales from referral_promoter p left join referral_verified s on s.tenant = @tenant and s.promoter = p.id and s.currency = @currency
        where p.tenant = @tenant and (s.sales > 0 or p.tier <> '')
        """;

    private const string SetTier = "update referral_promoter set tier = @tier where tenant = @tenant and id = @id";

    private const string Shared = """
        select (select count(distinct d.promoter) from referral_day d where d.tenant = @tenant and d.day = @day and d.visits > 0) as sharers,
          (select count(distinct a.buyer) from referral_attribution a where a.tenant = @tenant and a.order_id >= @from and a.order_id < @until and a.refused is null) as buyers
        """;

    private const string SetShared = """
        insert into referral_health_day (tenant, day, currency, sharers, buyers) values (@tenant, @day, '', @sharers, @buyers)
        on conflict (tenant, day, currency) do update set sharers = excluded.sharers, buyers = excluded.buyers
        """;

    private const string Forget = "delete from referral_cohort where tenant = @tenant";
    private const string SetCohort = "insert into referral_cohort (tenant, cohort, month, promoters) values (@tenant, @cohort, @month, @promoters)";
    private const string ForgetClicks = "delete from referral_click where tenant = @tenant and id in (select id from referral_click where tenant = @tenant and id < @oldest order by id limit @take)";
    private static readonly string s_sqliteCohorts = Cohorts("cast(strftime('%Y%m', p.joined_at / 1000, 'unixepoch') as integer)", "cast(strftime('%Y%m', d.day * 86400, 'unixepoch') as integer)");
    private static readonly string s_postgresCohorts = Cohorts("cast(to_char(to_timestamp(p.joined_at / 1000) at time zone 'UTC', 'YYYYMM') as integer)", "cast(to_char(to_timestamp(cast(d.day as bigint) * 86400) at time zone 'UTC', 'YYYYMM') as integer)");

    public static async Task RunAsync(ICommerceDatabase database, TenantScope scope, ReferralProgram program, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await VerifiedSales.RunAsync(database, scope, now.AddDays(-program.RefundWindowDays), cancellationToken).ConfigureAwait(false);
        var (tiers, cohorts, days) = await database.ReadAsync(scope, c => ReadAsync(c, program, now), cancellationToken).ConfigureAwait(false);
        foreach (var some in tiers.Chunk(Batch))
            await database.WriteAsync(scope, c => c.ExecuteBatchAsync([.. some.Select(t => (SetTier, (object?)t))]), cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(scope, c => c.ExecuteBatchAsync([(Forget, null), .. cohorts.Select(r => (SetCohort, (object?)r)), .. days.Select(d => (SetShared, (object?)d))]), cancellationToken).ConfigureAwait(false);
        var oldest = CommerceId.LowerBound(now - ClicksKept);
        while (await database.WriteAsync(scope, c => c.ExecuteAsync(ForgetClicks, new { oldest, take = 10 * Batch }), cancellationToken).ConfigureAwait(false) == 10 * Batch)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task<(IReadOnlyList<TierRow> Tiers, IReadOnlyList<CohortRow> Cohorts, IReadOnlyList<SharedRow> Days)> ReadAsync(ICommerceConnection connection, ReferralProgram program, DateTimeOffset now)
    {
        var sales = await connection.QueryAsync<SalesRow>(Sales, new { program.Currency }).ConfigureAwait(false);
        var changed = sales.Select(s => (s.Tier, Now: new TierRow(s.Id, program.Tiers.LastOrDefault(t => s.Sales >= t.OwnSalesMinor)?.Id ?? ""))).Where(t => t.Tier != t.Now.Tier).Select(t => t.Now).ToList();
        var cohorts = await connection.QueryAsync<CohortRow>(connection.Dialect == CommerceDialect.Postgres ? s_postgresCohorts : s_sqliteCohorts).ConfigureAwait(false);
        var days = new List<SharedRow>();
        foreach (var ago in (int[])[0, 1])
        {
            var from = new DateTimeOffset(now.UtcDateTime.Date.AddDays(-ago), TimeSpan.Zero);
            var day = (int)(from.ToUnixTimeMilliseconds() / 86_400_000);
            var (sharers, buyers) = await connection.QuerySingleOrDefaultAsync<(long Sharers, long Buyers)>(Shared, new { day, from = CommerceId.LowerBound(from), until = CommerceId.LowerBound(from.AddDays(1)) }).ConfigureAwait(false);
            days.Add(new SharedRow(day, sharers, buyers));
        }

        return (changed, cohorts, days);
    }

    private static string Cohorts(string joined, string month) => $"""
        select {joined} as cohort, 0 as month, count(*) as promoters from referral_promoter p where p.tenant = @tenant group by 1
        union all
        select {joined}, {month}, count(distinct p.id) from referral_day d join referral_promoter p on p.tenant = d.tenant and p.id = d.promoter where d.tenant = @tenant and d.orders > 0 group by 1, 2
        """;

    private sealed record SalesRow(string Id, string Tier, long Sales);

    private sealed record TierRow(string Id, string Tier);

    private sealed record CohortRow(int Cohort, int Month, long Promoters);

    private sealed record SharedRow(int Day, long Sharers, long Buyers);
}
