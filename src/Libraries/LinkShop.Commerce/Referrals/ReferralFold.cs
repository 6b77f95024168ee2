using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>Takes facts into counters, many at a time. A fact's row goes in the transaction that counts it, so it counts once whoever folds.</summary>
internal sealed class ReferralFold(ICommerceDatabase database)
{
    private const int Batch = 10_000;
    private const string Day = "cast(86400000 as bigint)";

    // less what went back to the buyers
    private const string Sales = "cast(sum(case t.kind when 'Order' then t.minor when 'Returned' then -t.minor else 0 end) as bigint)";

    private const string Sums = $"""
        cast(sum(t.clicks) as bigint) as clicks, cast(sum(t.visits) as bigint) as visits, cast(sum(case when t.kind = 'Order' then 1 else 0 end) as bigint) as orders, cast(sum(t.new_buyers) as bigint) as new_buyers,
        {Sales} as sales, cast(sum(case when t.kind = 'Accrued' then t.minor else 0 end) as bigint) as accrued,
        cast(sum(case when t.kind = 'Reversed' then t.minor else 0 end) as bigint) as reversed,
        cast(sum(case when t.kind = 'Released' then t.minor when t.kind = 'TakenBack' then -t.minor else 0 end) as bigint) as released
        """;

    private const string Columns = "clicks, visits, orders, new_buyers, sales, accrued, reversed, released";
    private const string Sold = "t.kind not in ('Join', 'Brought')";
    private const string From = "from referral_tally t left join referral_attribution a on a.tenant = t.tenant and a.order_id = t.order_id where t.seq ";

    private static readonly Dictionary<CommerceDialect, string[]> s_folds = new() { [CommerceDialect.Sqlite] = Folds("in (select value from json_each(@seqs))"), [CommerceDialect.Postgres] = Folds("= any(@seqs)") };

    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        database.InEachAsync(each => RunAsync(each, cancellationToken), cancellationToken);

    internal static async Task<int> RunAsync(ICommerceDatabase database, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var done = await database.WriteSystemAsync(FoldAsync, CancellationToken.None).ConfigureAwait(false);
            total += done;
            if (done < Batch)
                return total;
        }
    }

    private static async Task<int> FoldAsync(ICommerceConnection connection)
    {
        var seqs = await connection.QueryAsync<long>("select seq from referral_tally where " + CommerceSql.Settled + " order by seq limit @take" + connection.SkipLocked(), new { take = Batch }).ConfigureAwait(false);
        if (seqs.Count > 0)
        {
            foreach (var fold in s_folds[connection.Dialect])
                connection.Defer(fold, new { seqs });
        }

        return seqs.Count;
    }

    private static string[] Folds(string chosen) =>
    [
        $"""
        insert into referral_day (tenant, promoter, day, channel, campaign, currency, {Columns})
        select t.tenant, t.promoter, t.at / {Day}, coalesce(a.channel, t.channel), coalesce(a.campaign, t.campaign), t.currency, {Sums} {From}{chosen} and {Sold} group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
        on conflict (tenant, promoter, day, channel, campaign, currency) do update set {Adding("referral_day")}
        """,
        $"""
        insert into referral_total (tenant, promoter, currency, {Columns}) select t.tenant, t.promoter, t.currency, {Sums} {From}{chosen} and {Sold} group by 1, 2, 3 order by 1, 2, 3
        on conflict (tenant, promoter, currency) do update set {Adding("referral_total")}
        """,
        $"""
        insert into referral_health_day (tenant, day, currency, clicks, visits, orders, by_code, new_buyers, sales, accrued, reversed, joins, brought) select tenant, day, currency, clicks, visits, orders, by_code, new_buyers, sales, accrued, reversed, joins, brought from
          (select t.tenant, t.at / {Day} as day, t.currency, {Sums}, cast(sum(case when t.kind = 'Join' then 1 else 0 end) as bigint) as joins, cast(sum(case when t.kind = 'Order' and a.via = 'Code' then 1 else 0 end) as bigint) as by_code, cast(sum(case when t.kind = 'Brought' then 1 else 0 end) as bigint) as brought {From}{chosen} group by 1, 2, 3) s where true order by 1, 2, 3
        on conflict (tenant, day, currency) do update set {Adding("referral_health_day", "clicks", "visits", "orders", "by_code", "new_buyers", "sales", "accrued", "reversed", "joins", "brought")}
        """,
        $"""
        insert into referral_campaign_day (tenant, plan_id, campaign, day, currency, orders, new_buyers, sales, discounts, accrued, reversed)
        select t.tenant, a.plan_id, a.campaign, t.at / {Day}, t.currency, cast(sum(case when t.kind = 'Order' then 1 else 0 end) as bigint), cast(sum(t.new_buyers) as bigint),
          {Sales}, cast(sum(case when t.kind = 'Order' and a.via = 'Code' and o.coupon is null then o.discount else 0 end) as bigint),
          cast(sum(case when t.kind = 'Accrued' then t.minor else 0 end) as bigint), cast(sum(case when t.kind = 'Reversed' then t.minor else 0 end) as bigint)
        from referral_tally t join referral_attribution a on a.tenant = t.tenant and a.order_id = t.order_id join orders o on o.tenant = t.tenant and o.id = t.order_id where t.seq {chosen}
        group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
        on conflict (tenant, plan_id, campaign, day, currency) do update set {Adding("referral_campaign_day", "orders", "new_buyers", "sales", "discounts", "accrued", "reversed")}
        """,
        $"""
        insert into referral_product (tenant, promoter, sku_id, currency, orders, sales)
        select t.tenant, t.promoter, l.sku_id, t.currency, count(*), cast(sum(l.total) as bigint) from referral_tally t join order_lines l on l.tenant = t.tenant and l.order_id = t.order_id
        where t.kind = 'Order' and t.seq {chosen} group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (tenant, promoter, sku_id, currency) do update set {Adding("referral_product", "orders", "sales")}
        """,
        $"""
        insert into referral_relation (tenant, promoter, buyer, buyer_promoter, currency, orders, sales)
        select t.tenant, t.promoter, a.buyer, max(a.buyer_promoter), t.currency, cast(sum(case when t.kind = 'Order' then 1 else 0 end) as bigint), {Sales}
        from referral_tally t join referral_attribution a on a.tenant = t.tenant and a.order_id = t.order_id
        where t.kind in ('Order', 'Returned') and t.seq {chosen} group by t.tenant, t.promoter, a.buyer, t.currency order by 1, 2, 3
        on conflict (tenant, promoter, buyer, currency) do update set orders = referral_relation.orders + excluded.orders, sales = referral_relation.sales + excluded.sales,
          buyer_promoter = coalesce(excluded.buyer_promoter, referral_relation.buyer_promoter)
        """,
        $"delete from referral_tally where seq {chosen}",
    ];

    private static string Adding(string table, params string[] columns) =>
        string.Join(", ", (columns.Length > 0 ? columns : Columns.Split(", ")).Select(c => $"{c} = {table}.{c} + excluded.{c}"));
}
