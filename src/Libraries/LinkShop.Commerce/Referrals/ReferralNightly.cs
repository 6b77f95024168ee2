using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>Works out what changes slowly: tiers, cohorts, and how many shared and bought on a day.</summary>
internal static class ReferralNightly
{
    // verified: delivered, still paid, the refund window over, and not bought by a promoter. Nobody else's sales come into it
    private const string Tier = """
        update referral_promoter set tier = @tier where tenant = @tenant and tier <> @tier and id in (select s.promoter from
          (select a.promoter, sum(o.captured) as sales from referral_attribution a join orders o on o.tenant = a.tenant and o.id = a.order_id
           where a.tenant = @tenant and a.refused is null and a.buyer_promoter is null and o.currency = @currency and o.fulfilled_at <= @safe and o.state <> 'Disputed' group by a.promoter) s
          where s.sales >= @least and s.sales < @below)
        """;

    private const string NoTier = """
        update referral_promoter set tier = '' where tenant = @tenant and tier <> '' and id not in (select s.promoter from
          (select a.promoter, sum(o.captured) as sales from referral_attribution a join orders o on o.tenant = a.tenant and o.id = a.order_id
           where a.tenant = @tenant and a.refused is null and a.buyer_promoter is null and o.currency = @currency and o.fulfilled_at <= @safe and o.state <> 'Disputed' group by a.promoter) s
          where s.sales >= @least)
        """;

    private const string Forget = "delete from referral_cohort where tenant = @tenant";
    private static readonly string s_sqliteCohorts = Cohorts("cast(strftime('%Y%m', p.joined_at / 1000, 'unixepoch') as integer)", "cast(strftime('%Y%m', d.day * 86400, 'unixepoch') as integer)");
    private static readonly string s_postgresCohorts = Cohorts("cast(to_char(to_timestamp(p.joined_at / 1000) at time zone 'UTC', 'YYYYMM') as integer)", "cast(to_char(to_timestamp(cast(d.day as bigint) * 86400) at time zone 'UTC', 'YYYYMM') as integer)");

    private const string Shared = """
        insert into referral_health_day (tenant, day, currency, sharers, buyers) values (@tenant, @day, '',
          (select count(distinct d.promoter) from referral_day d where d.tenant = @tenant and d.day = @day and d.visits > 0),
          (select count(distinct a.buyer) from referral_attribution a where a.tenant = @tenant and a.order_id >= @from and a.order_id < @until and a.refused is null))
        on conflict (tenant, day, currency) do update set sharers = excluded.sharers, buyers = excluded.buyers
        """;

    public static async Task RunAsync(ICommerceConnection connection, ReferralProgram program, DateTimeOffset now)
    {
        var safe = now.AddDays(-program.RefundWindowDays);
        for (var i = 0; i < program.Tiers.Count; i++)
        {
            var below = i + 1 < program.Tiers.Count ? program.Tiers[i + 1].OwnSalesMinor : long.MaxValue;
            await connection.ExecuteAsync(Tier, new { tier = program.Tiers[i].Id, program.Currency, safe, least = program.Tiers[i].OwnSalesMinor, below }).ConfigureAwait(false);
        }

        await connection.ExecuteAsync(NoTier, new { program.Currency, safe, least = program.Tiers.Count > 0 ? program.Tiers[0].OwnSalesMinor : long.MaxValue }).ConfigureAwait(false);
        await connection.ExecuteAsync(Forget).ConfigureAwait(false);
        await connection.ExecuteAsync(connection.Dialect == CommerceDialect.Postgres ? s_postgresCohorts : s_sqliteCohorts).ConfigureAwait(false);
        foreach (var ago in (int[])[0, 1])
        {
            var day = now.UtcDateTime.Date.AddDays(-ago);
            var from = new DateTimeOffset(day, TimeSpan.Zero);
            await connection.ExecuteAsync(Shared, new { day = (int)(from.ToUnixTimeMilliseconds() / 86_400_000), from = CommerceId.LowerBound(from), until = CommerceId.LowerBound(from.AddDays(1)) }).ConfigureAwait(false);
        }
    }

    private static string Cohorts(string joined, string month) => $"""
        insert into referral_cohort (tenant, cohort, month, promoters)
        select p.tenant, {joined}, 0, count(*) from referral_promoter p where p.tenant = @tenant group by 1, 2
        union all
        select p.tenant, {joined}, {month}, count(distinct p.id) from referral_day d join referral_promoter p on p.tenant = d.tenant and p.id = d.promoter where d.tenant = @tenant and d.orders > 0 group by 1, 2, 3
        """;
}
