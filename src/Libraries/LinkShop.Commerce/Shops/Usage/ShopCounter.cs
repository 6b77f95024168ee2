using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>Counts all shops from the books: a few statements over all of them, however many there are, read beside the writer on each database; then writes the rows that have changed.</summary>
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
        select tenant as shop, cast(sum(products) as bigint) as products, cast(sum(orders) as bigint) as orders, cast(sum(records) as bigint) as records from (
          select tenant, count(distinct product_id) as products, 0 as orders, 0 as records from offers where on_sale group by tenant
          union all select tenant, 0, count(paid_at), count(*) from orders group by tenant
          union all select tenant, 0, 0, count(*) from order_lines group by tenant
          union all select tenant, 0, 0, count(*) from deliveries group by tenant
          union all select tenant, 0, 0, count(*) from card_key group by tenant) f
        group by tenant
        """;

    private const string Earnings = """
        select e.shop, e.currency, cast(sum(e.turnover) as bigint) as turnover, cast(sum(e.commission) as bigint) as commission, cast(0 as bigint) as plans from (
          select tenant as shop, currency, captured as turnover, 0 as commission from orders where captured > 0
          union all select tenant, currency, 0, balance from ledger_account where purpose = 'PlatformRevenue' and balance <> 0) e
        group by e.shop, e.currency
        """;

    // paid to the platform, whatever database the shop is on: of a line what decided refunds left of it, and its part of what went back without a decision, rounded down
    private const string Plans = """
        select t.shop, o.currency, cast(0 as bigint) as turnover, cast(0 as bigint) as commission,
          cast(sum(case when o.total > o.refund_approved then (l.total - coalesce(b.back, 0)) * o.captured / (o.total - o.refund_approved) else 0 end) as bigint) as plans from shop_plan_term t
          join orders o on o.tenant = t.tenant and o.id = t.order_id and o.total > 0
          join order_lines l on l.tenant = t.tenant and l.order_id = t.order_id and l.line = t.line
          left join (select i.tenant, i.order_id, i.line, cast(sum(i.amount) as bigint) as back from refund_line i join refund r on r.tenant = i.tenant and r.id = i.refund_id
            where r.tenant = @tenant and r.state = 'Approved' group by i.tenant, i.order_id, i.line) b on b.tenant = t.tenant and b.order_id = t.order_id and b.line = t.line
        where t.tenant = @tenant group by t.shop, o.currency
        """;

    private const string KnownFigures = """
        select s.shop, coalesce(u.products, 0) as products, coalesce(u.orders, 0) as orders, coalesce(u.records, 0) as records
        from shop s left join shop_usage u on u.tenant = s.tenant and u.shop = s.shop where s.tenant = @tenant
        """;

    private const string KnownEarnings = "select shop, currency, turnover, commission, plans from shop_earning where tenant = @tenant";

    private const string SaveFigures = """
        insert into shop_usage (tenant, shop, products, orders, records) select tenant, shop, @products, @orders, @records from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop) do update set products = excluded.products, orders = excluded.orders, records = excluded.records
        """;

    private const string SaveEarnings = """
        insert into shop_earning (tenant, shop, currency, turnover, commission, plans) select tenant, shop, @currency, @turnover, @commission, @plans from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop, currency) do update set turnover = excluded.turnover, commission = excluded.commission, plans = excluded.plans
        """;

    public async Task<int?> CountAsync(TenantScope platform, CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        if (await database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<DateTimeOffset?>(Due), cancellationToken).ConfigureAwait(false) > began
            || await database.WriteAsync(platform, c => c.ExecuteAsync(Take, new { now = began, due = began + Least }), cancellationToken).ConfigureAwait(false) == 0)
            return null;
        var (figures, earnings) = await ChangedAsync(platform, cancellationToken).ConfigureAwait(false);
        await SaveAsync(platform, SaveFigures, figures, cancellationToken).ConfigureAwait(false);
        await SaveAsync(platform, SaveEarnings, earnings, cancellationToken).ConfigureAwait(false);
        // the server's own look at new tables comes a minute later, and until then the report joins them as if they were empty
        if (database.Dialect == CommerceDialect.Postgres && figures.Count + earnings.Count >= Batch)
            await database.WriteSystemAsync(c => c.ExecuteAsync("analyze shop, shop_usage, shop_earning"), cancellationToken).ConfigureAwait(false);
        // the longer it takes, the longer it rests
        var rest = (clock.GetUtcNow() - began) * 1000;
        if (rest > Least)
            await database.WriteAsync(platform, c => c.ExecuteAsync(Rest, new { due = began + (rest < Most ? rest : Most) }), cancellationToken).ConfigureAwait(false);
        return figures.Select(f => f.Shop).Union(earnings.Select(e => e.Shop)).Count();
    }

    private async Task<(IReadOnlyList<Figure> Figures, IReadOnlyList<Earning> Earnings)> ChangedAsync(TenantScope platform, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, Figure>(StringComparer.Ordinal);
        var earnings = new Dictionary<(string Shop, string Currency), Earning>();
        foreach (var each in database.EveryDatabase)
        {
            var (counted, earned) = await each.ReadSystemAsync(
                async c => (await c.QueryAsync<Figure>(Figures).ConfigureAwait(false), await c.QueryAsync<Earning>(Earnings).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
            // while a shop moves, its rows are on two databases
            foreach (var figure in counted.Where(f => !figures.ContainsKey(f.Shop) || database.HomeOf(new TenantScope(f.Shop)) == each))
                figures[figure.Shop] = figure;
            foreach (var earning in earned.Where(e => !earnings.ContainsKey(e.Key) || database.HomeOf(new TenantScope(e.Shop)) == each))
                earnings[earning.Key] = earning;
        }

        return await database.ReadAsync<(IReadOnlyList<Figure>, IReadOnlyList<Earning>)>(platform, async c =>
        {
            foreach (var paid in await c.QueryAsync<Earning>(Plans).ConfigureAwait(false))
                earnings[paid.Key] = earnings.TryGetValue(paid.Key, out var earned) ? earned with { Plans = paid.Plans } : paid;
            var known = (await c.QueryAsync<Figure>(KnownFigures).ConfigureAwait(false)).ToDictionary(f => f.Shop, StringComparer.Ordinal);
            var before = (await c.QueryAsync<Earning>(KnownEarnings).ConfigureAwait(false)).ToDictionary(e => e.Key);
            // what was and is no more is nothing
            foreach (var (shop, currency) in before.Keys)
                earnings.TryAdd((shop, currency), new Earning(shop, currency, 0, 0, 0));
            return (
                [.. known.Values.Select(k => (Before: k, Now: figures.GetValueOrDefault(k.Shop) ?? new Figure(k.Shop, 0, 0, 0))).Where(f => f.Now != f.Before).Select(f => f.Now)],
                [.. earnings.Values.Where(e => known.ContainsKey(e.Shop) && e != (before.GetValueOrDefault(e.Key) ?? new Earning(e.Shop, e.Currency, 0, 0, 0)))]);
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task SaveAsync<T>(TenantScope platform, string sql, IReadOnlyList<T> rows, CancellationToken cancellationToken) where T : class
    {
        foreach (var some in rows.Chunk(Batch))
        {
            var statements = some.Select(row => (sql, (object?)row)).ToList();
            await database.WriteAsync(platform, c => c.ExecuteBatchAsync(statements), cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Figure(string Shop, long Products, long Orders, long Records);

    private sealed record Earning(string Shop, string Currency, long Turnover, long Commission, long Plans)
    {
        public (string Shop, string Currency) Key => (Shop, Currency);
    }
}
