using System.Globalization;
using System.Text;
using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Ordering;

/// <inheritdoc />
internal sealed class OrderExport(ICommerceDatabase database, ISecretProtector protector, OfferVersions versions, OrderReader reader) : IOrderExport
{
    // small: what is being written when memory is collected stays in memory for long
    private const int Page = 25;

    internal const string Header =
        "order,order_id,state,ordered_at,paid_at,delivered_at,contact,account,coupon,line,sku,product,variant,quantity,unit_price,surcharge,discount,line_total,currency,order_total,order_paid,order_refunded";

    private const string Columns = """
        select o.id, o.state, o.created_at, o.paid_at, o.fulfilled_at, o.contact, o.user_id, o.coupon, o.currency, o.total, o.captured, o.refunded,
          l.line, l.sku_id, l.version, l.quantity, l.unit_price, l.surcharge, l.discount, l.total as line_total
        from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id
        where o.tenant = @tenant and o.id in (select i.id from orders i where i.tenant = @tenant and i.id > @after
        """;

    public async Task<long> WriteAsync(TenantScope scope, OrderExportRequest request, Stream output, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var sql = Sql(request);
        var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await using var closing = writer.ConfigureAwait(false);
        await writer.WriteLineAsync(Header).ConfigureAwait(false);
        var parameters = new Range(
            // just before the first id of the moment
            request.From is { } from ? CommerceId.LowerBound(from)[..^1] : "", request.To is { } to ? CommerceId.LowerBound(to) : "",
            (request.State == OrderState.Completed ? OrderState.Fulfilled : request.State)?.ToString(), reader.CompletedBefore, Page);
        for (var written = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var lines = await PageAsync(scope, sql, parameters, cancellationToken).ConfigureAwait(false);
            foreach (var (row, offer) in lines)
                await writer.WriteLineAsync(Line(row, offer, cipher, request.Local)).ConfigureAwait(false);
            written += lines.Count;
            if (lines.Count == 0)
                return written;
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            parameters = parameters with { After = lines[^1].Row.Id };
        }
    }

    private Task<List<(Row Row, Offer Offer)>> PageAsync(TenantScope scope, string sql, Range parameters, CancellationToken cancellationToken) => database.ReadAsync(scope, async c =>
    {
        var lines = new List<(Row, Offer)>();
        foreach (var row in await c.QueryAsync<Row>(sql, parameters).ConfigureAwait(false))
            lines.Add((row, (await versions.GetAsync(c, row.SkuId, row.Version).ConfigureAwait(false)).Offer));
        return lines;
    }, cancellationToken);

    private string Line(Row row, Offer offer, ITenantCipher cipher, Func<DateTimeOffset, DateTimeOffset> local)
    {
        string Time(DateTimeOffset? at) => at is { } moment ? local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
        string Amount(long minor) => new Money(minor, row.Currency).ToDecimalString();
        string OfOrder(long minor) => row.Line == 1 ? Amount(minor) : "";
        var state = JsonNamingPolicy.SnakeCaseLower.ConvertName(reader.EffectiveState(row.State, row.FulfilledAt).ToString());
        return string.Join(
            ',', OrderNumber.Of(row.Id), row.Id, state, Time(row.CreatedAt), Time(row.PaidAt), Time(row.FulfilledAt), Csv.Harmless(row.Contact is null ? null : cipher.Decrypt(row.Contact)),
            Csv.Harmless(row.UserId), Csv.Harmless(row.Coupon), Number(row.Line), Csv.Harmless(row.SkuId), Csv.Harmless(offer.Title), Csv.Harmless(offer.Variant), Number(row.Quantity),
            Amount(row.UnitPrice), Amount(row.Surcharge), Amount(row.Discount), Amount(row.LineTotal), row.Currency, OfOrder(row.Total), OfOrder(row.Captured), OfOrder(row.Refunded));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // few combinations of constant parts: each text is prepared once
    private static string Sql(OrderExportRequest request)
    {
        var sql = new StringBuilder(Columns);
        void Add(bool wanted, string condition) => sql.Append(wanted ? condition : "");
        Add(request.To is not null, " and i.id < @until");
        Add(request.State is not null, " and i.state = @state");
        // see OrderReader.EffectiveState: time alone tells completed from delivered
        Add(request.State == OrderState.Fulfilled, " and i.fulfilled_at > @completed");
        Add(request.State == OrderState.Completed, " and i.fulfilled_at <= @completed");
        return sql.Append(" order by i.id limit @take) order by o.id, l.line").ToString();
    }

    private sealed record Range(string After, string Until, string? State, DateTimeOffset Completed, int Take);

    private sealed record Row(
        string Id, OrderState State, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, DateTimeOffset? FulfilledAt, byte[]? Contact, string? UserId, string? Coupon, string Currency, long Total, long Captured,
        long Refunded, int Line, string SkuId, long Version, int Quantity, long UnitPrice, long Surcharge, long Discount, long LineTotal);
}
