using System.Globalization;
using System.Text;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <inheritdoc />
internal sealed class ShopUsages(ICommerceDatabase database, ShopCounter counter) : IShopUsages
{
    internal const string Header = "shop,name,address,owner,plan,state,products,paid_orders,stored_rows,requests,media_bytes,currency,turnover,commission,plan_payments,earned";

    private const int Page = 500;

    private const string Columns = """
        select s.shop, s.number, s.slug, s.title, s.owner_name, s.plan, s.state, coalesce(u.products, 0) as products, coalesce(u.orders, 0) as orders, coalesce(u.records, 0) as records,
          coalesce(u.requests, 0) as requests, coalesce(u.media_bytes, 0) as media_bytes, coalesce(e.turnover, 0) as turnover, coalesce(e.commission, 0) as commission, coalesce(e.plans, 0) as plans
        """;

    private const string From = """
         from shop s left join shop_usage u on u.tenant = s.tenant and u.shop = s.shop left join shop_earning e on e.tenant = s.tenant and e.shop = s.shop and e.currency = @currency
        where s.tenant = @tenant
        """;

    private const string Sums = """
        select count(*) as shops, cast(coalesce(sum(u.products), 0) as bigint) as products, cast(coalesce(sum(u.orders), 0) as bigint) as orders, cast(coalesce(sum(u.records), 0) as bigint) as records,
          cast(coalesce(sum(u.requests), 0) as bigint) as requests, cast(coalesce(sum(u.media_bytes), 0) as bigint) as media_bytes, cast(coalesce(sum(e.turnover), 0) as bigint) as turnover,
          cast(coalesce(sum(e.commission + e.plans), 0) as bigint) as earned, (select counted_at from shop_count where tenant = @tenant) as counted_at
        """ + From;

    private const string InUse = "select currency from shop_earning where tenant = @tenant group by currency order by count(*) desc, currency";

    public Task<int?> CountAsync(TenantScope platform, CancellationToken cancellationToken = default) => counter.CountAsync(platform, cancellationToken);

    public async Task<ShopUsagePage> ListAsync(TenantScope platform, ShopUsageQuery query, CancellationToken cancellationToken = default)
    {
        var take = Math.Clamp(query.Take, 1, Page);
        var parameters = new { currency = query.Currency, words = ShopSearcher.Pattern(query.Text), value = query.After?.Value ?? 0, number = query.After?.Number ?? 0, take = take + 1 };
        var rows = await database.ReadAsync(platform, c => c.QueryAsync<ShopUsage>(Sql(query, parameters.words is not null), parameters), cancellationToken).ConfigureAwait(false);
        return rows.Count > take ? new ShopUsagePage([.. rows.Take(take)], new ShopUsageAfter(rows[take - 1].Of(query.Measure), rows[take - 1].Number)) : new ShopUsagePage(rows, null);
    }

    public async Task<ShopUsageSum> SumAsync(TenantScope platform, string currency, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<ShopUsageSum>(Sums, new { currency }), cancellationToken).ConfigureAwait(false))!;

    public Task<IReadOnlyList<string>> CurrenciesAsync(TenantScope platform, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QueryAsync<string>(InUse), cancellationToken);

    public async Task<long> WriteCsvAsync(TenantScope platform, string currency, string? text, Stream output, CancellationToken cancellationToken = default)
    {
        var words = ShopSearcher.Pattern(text);
        var sql = $"{Columns}{From}{(words is null ? "" : ShopSearcher.Matches)} and s.number > @after order by s.number limit @take";
        var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await using var closing = writer.ConfigureAwait(false);
        await writer.WriteLineAsync(Header).ConfigureAwait(false);
        for (long written = 0, after = 0; ;)
        {
            var start = after;
            var rows = await database.ReadAsync(platform, c => c.QueryAsync<ShopUsage>(sql, new { currency, words, after = start, take = Page }), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
                return written;
            foreach (var row in rows)
                await writer.WriteLineAsync(Line(row, currency)).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            (written, after) = (written + rows.Count, rows[^1].Number);
        }
    }

    private static string Line(ShopUsage shop, string currency)
    {
        string Amount(long minor) => new Money(minor, currency).ToDecimalString();
        return string.Create(CultureInfo.InvariantCulture, $"{shop.Shop},{Csv.Harmless(shop.Title)},{shop.Slug},{Csv.Harmless(shop.OwnerName)},{Csv.Harmless(shop.Plan)},{shop.State},{shop.Products},{shop.Orders},{shop.Records},{shop.Requests},{shop.MediaBytes},{currency},{Amount(shop.Turnover)},{Amount(shop.Commission)},{Amount(shop.Plans)},{Amount(shop.Earned)}");
    }

    // few combinations of constant parts: each text is prepared once
    private static string Sql(ShopUsageQuery query, bool byText)
    {
        var column = query.Measure switch
        {
            ShopMeasure.Turnover => "coalesce(e.turnover, 0)",
            ShopMeasure.Orders => "coalesce(u.orders, 0)",
            ShopMeasure.Products => "coalesce(u.products, 0)",
            ShopMeasure.Requests => "coalesce(u.requests, 0)",
            ShopMeasure.MediaBytes => "coalesce(u.media_bytes, 0)",
            ShopMeasure.Records => "coalesce(u.records, 0)",
            _ => "coalesce(e.commission + e.plans, 0)",
        };
        var sql = new StringBuilder(Columns).Append(From).Append(byText ? ShopSearcher.Matches : "");
        if (query.After is not null)
            sql.Append(CultureInfo.InvariantCulture, $" and ({column} {(query.Least ? '>' : '<')} @value or ({column} = @value and s.number < @number))");
        return sql.Append(CultureInfo.InvariantCulture, $" order by {column}{(query.Least ? "" : " desc")}, s.number desc limit @take").ToString();
    }
}
