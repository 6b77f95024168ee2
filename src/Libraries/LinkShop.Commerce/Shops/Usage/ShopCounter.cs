using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>Counts all shops from the books: a few statements over all of them, however many there are, read beside the writer; then writes the rows that have changed.</summary>
internal sealed class ShopCounter(ICommerceDatabase database, TimeProvider clock)
{
    private const int Batch = 500;
    private static readonly TimeSpan Least = TimeSpan.FromHours(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    private const string Due = "select due_at from shop_count where tenant = @tenant";

    // of several processes, one changes the row
    private const string Take = """
        insert into shop_count (tenant, counted_at, due_at) values (@tenant, @now, @due)
        on conflict (tenant) do update set counted_at = excluded.counted_at, due_at = excluded.due_at where shop_count.due_at <= @now
        """;

    private const string Rest = "update shop_count set due_at = @due where tenant = @tenant";

    private const string Figures = """
        select s.shop, coalesce(p.n, 0) as products, coalesce(o.paid, 0) as orders, coalesce(o.n, 0) + coalesce(l.n, 0) + coalesce(d.n, 0) + coalesce(k.n, 0) as records
        from shop s
        left join (select tenant, count(distinct product_id) as n from offers where on_sale group by tenant) p on p.tenant = s.shop
        left join (select tenant, count(paid_at) as paid, count(*) as n from orders group by tenant) o on o.tenant = s.shop
        left join (select tenant, count(*) as n from order_lines group by tenant) l on l.tenant = s.shop
        left join (select tenant, count(*) as n from deliveries group by tenant) d on d.tenant = s.shop
        left join (select tenant, count(*) as n from card_key group by tenant) k on k.tenant = s.shop
        left join shop_usage u on u.tenant = s.tenant and u.shop = s.shop
        where s.tenant = @platform and (coalesce(p.n, 0) <> coalesce(u.products, 0) or coalesce(o.paid, 0) <> coalesce(u.orders, 0)
          or coalesce(o.n, 0) + coalesce(l.n, 0) + coalesce(d.n, 0) + coalesce(k.n, 0) <> coalesce(u.records, 0))
        """;

    // a line's part of what was kept of its order, rounded down
    private const string Earnings = """
        select e.shop, e.currency, cast(sum(e.turnover) as bigint) as turnover, cast(sum(e.commission) as bigint) as commission, cast(sum(e.plans) as bigint) as plans from (
          select tenant as shop, currency, captured as turnover, 0 as commission, 0 as plans from orders where captured > 0
          union all
          select tenant, currency, 0, balance, 0 from ledger_account where purpose = 'PlatformRevenue' and balance <> 0
          union all
          select t.shop, o.currency, 0, 0, l.total * o.captured / o.total from shop_plan_term t
            join orders o on o.tenant = t.tenant and o.id = t.order_id and o.total > 0
            join order_lines l on l.tenant = t.tenant and l.order_id = t.order_id and l.line = t.line
          where t.tenant = @platform
          union all
          -- what was and is no more
          select shop, currency, 0, 0, 0 from shop_earning where tenant = @platform) e
        join shop s on s.tenant = @platform and s.shop = e.shop
        left join shop_earning n on n.tenant = s.tenant and n.shop = e.shop and n.currency = e.currency
        group by e.shop, e.currency
        having sum(e.turnover) <> max(coalesce(n.turnover, 0)) or sum(e.commission) <> max(coalesce(n.commission, 0)) or sum(e.plans) <> max(coalesce(n.plans, 0))
        """;

    private const string SaveFigures = """
        insert into shop_usage (tenant, shop, products, orders, records) select tenant, shop, @products, @orders, @records from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop) do update set products = excluded.products, orders = excluded.orders, records = excluded.records
        """;

    private const string SaveEarnings = """
        insert into shop_earning (tenant, shop, currency, turnover, commission, plans) select tenant, shop, @currency, @turnover, @commission, @plans from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop, currency) do update set turnover = excluded.turnover, commission = excluded.commission, plans = excluded.plans
        """;

    // of shops on another database, where the platform's own tables aren't: all of them, there are few
    private const string FiguresThere = """
        select tenant as shop, cast(sum(products) as bigint) as products, cast(sum(orders) as bigint) as orders, cast(sum(records) as bigint) as records from (
          select tenant, count(distinct product_id) as products, 0 as orders, 0 as records from offers where on_sale group by tenant
          union all select tenant, 0, count(paid_at), count(*) from orders group by tenant
          union all select tenant, 0, 0, count(*) from order_lines group by tenant
          union all select tenant, 0, 0, count(*) from deliveries group by tenant
          union all select tenant, 0, 0, count(*) from card_key group by tenant) f
        group by tenant
        """;

    private const string EarningsThere = """
        select e.shop, e.currency, cast(sum(e.turnover) as bigint) as turnover, cast(sum(e.commission) as bigint) as commission, cast(0 as bigint) as plans from (
          select tenant as shop, currency, captured as turnover, 0 as commission from orders where captured > 0
          union all select tenant, currency, 0, balance from ledger_account where purpose = 'PlatformRevenue' and balance <> 0) e
        group by e.shop, e.currency
        """;

    // plans are paid to the platform, so what came of them is here, whatever database the shop is on
    private const string SavePlans = """
        insert into shop_earning (tenant, shop, currency, turnover, commission, plans) select tenant, shop, @currency, 0, 0, @plans from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop, currency) do update set plans = excluded.plans
        """;

    private const string SaveSales = """
        insert into shop_earning (tenant, shop, currency, turnover, commission, plans) select tenant, shop, @currency, @turnover, @commission, 0 from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop, currency) do update set turnover = excluded.turnover, commission = excluded.commission
        """;

    public async Task<int?> CountAsync(TenantScope platform, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        if (await database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<DateTimeOffset?>(Due), cancellationToken).ConfigureAwait(false) > began
            || await database.WriteAsync(platform, c => c.ExecuteAsync(Take, new { now = began, due = began + Least }), cancellationToken).ConfigureAwait(false) == 0)
            return null;
        var (figures, earnings) = await database.ReadSystemAsync(
            async c => (await c.QueryAsync<Row>(Figures, new { platform = platform.Tenant }).ConfigureAwait(false), await c.QueryAsync<Earning>(Earnings, new { platform = platform.Tenant }).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        var home = database.HomeOf(platform);
        bool IsHere(string shop) => database.HomeOf(new TenantScope(shop)) == home;
        await SaveAsync(platform, SaveFigures, figures.Where(f => IsHere(f.Shop)), cancellationToken).ConfigureAwait(false);
        await SaveAsync(platform, SaveEarnings, earnings.Where(e => IsHere(e.Shop)), cancellationToken).ConfigureAwait(false);
        await SaveAsync(platform, SavePlans, earnings.Where(e => !IsHere(e.Shop)), cancellationToken).ConfigureAwait(false);
        foreach (var other in database.EveryDatabase.Where(d => d != home))
            await CountThereAsync(platform, other, cancellationToken).ConfigureAwait(false);
        // the server's own look at new tables comes a minute later, and until then it joins them as if they were empty
        if (database.Dialect == CommerceDialect.Postgres && figures.Count + earnings.Count >= Batch)
            await database.WriteSystemAsync(c => c.ExecuteAsync("analyze shop, shop_usage, shop_earning"), cancellationToken).ConfigureAwait(false);
        // the longer it takes, the longer it rests
        var rest = (clock.GetUtcNow() - began) * 1000;
        if (rest > Least)
            await database.WriteAsync(platform, c => c.ExecuteAsync(Rest, new { due = began + (rest < Most ? rest : Most) }), cancellationToken).ConfigureAwait(false);
        return figures.Select(f => f.Shop).Union(earnings.Select(e => e.Shop)).Count();
    }

    private async Task CountThereAsync(TenantScope platform, ICommerceDatabase other, CancellationToken cancellationToken)
    {
        // not what lies there as a copy while a shop moves
        bool IsThere(string shop) => database.HomeOf(new TenantScope(shop)) == other;
        var figures = await other.ReadSystemAsync(c => c.QueryAsync<Row>(FiguresThere), cancellationToken).ConfigureAwait(false);
        var earnings = await other.ReadSystemAsync(c => c.QueryAsync<Earning>(EarningsThere), cancellationToken).ConfigureAwait(false);
        await SaveAsync(platform, SaveFigures, figures.Where(f => IsThere(f.Shop)), cancellationToken).ConfigureAwait(false);
        await SaveAsync(platform, SaveSales, earnings.Where(e => IsThere(e.Shop)), cancellationToken).ConfigureAwait(false);
    }

    private async Task SaveAsync<T>(TenantScope platform, string sql, IEnumerable<T> rows, CancellationToken cancellationToken) where T : class
    {
        foreach (var some in rows.Chunk(Batch))
        {
            var statements = some.Select(row => (sql, (object?)row)).ToList();
            await database.WriteAsync(platform, c => c.ExecuteBatchAsync(statements), cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Row(string Shop, long Products, long Orders, long Records);

    private sealed record Earning(string Shop, string Currency, long Turnover, long Commission, long Plans);
}
