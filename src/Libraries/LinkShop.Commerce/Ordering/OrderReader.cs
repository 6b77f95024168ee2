using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Ordering;

/// <summary>Makes views of stored orders.</summary>
internal sealed class OrderReader(OfferVersions versions, IKeyStock stock, ISecretProtector protector, OrderingOptions options, TimeProvider clock)
{
    private const string Masked = "•••";

    private const string SelectTexts = """
        select d.line, d.text, (select max(x.at) from delivery_correction x where x.tenant = d.tenant and x.order_id = d.order_id and x.line = d.line and x.unit = d.unit) as corrected_at
        from deliveries d where d.tenant = @tenant and d.order_id = @orderId and d.text is not null order by d.line, d.unit
        """;

    /// <summary>The view of an order's rows.</summary>
    /// <param name="connection">A read.</param>
    /// <param name="read">The order's rows; several for a line when they were read with its keys.</param>
    /// <param name="cipher">The tenant's cipher.</param>
    /// <param name="withSecrets">Whether what was delivered is put in, in plain; the rows were read with keys then.</param>
    public async Task<OrderView> ViewAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> read, ITenantCipher cipher, bool withSecrets)
    {
        var order = read[0];
        var rows = read.Count == 1 ? read : [.. read.DistinctBy(r => r.Line)];
        Money In(long minor) => new(minor, order.Currency);
        var sold = new List<SoldLine>(rows.Count);
        foreach (var row in rows)
            sold.Add(new SoldLine(row, await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false)));
        // while the payer disputes the payment, what was bought is frozen too; once all of it was charged back, it is the buyer's no more
        var shown = withSecrets && order.Fulfilment != Fulfilment.None && order.State != OrderState.Disputed && !order.ChargedBack;
        var taken = shown ? await TakenGoods.LinesAsync(connection, order).ConfigureAwait(false) : [];
        var replaced = shown && read.Any(r => r.KeyState == KeyState.Replaced) ? await ReplacementRows.OfOrderAsync(connection, order.Id).ConfigureAwait(false) : [];
        var delivered = shown ? await DeliveredAsync(connection, replaced.Count == 0 ? read : InPlace(read, replaced), sold, taken, cipher).ConfigureAwait(false) : null;
        var supplied = shown && sold.Exists(s => s.Offer.Supply is not null) ? await SupplyDeliveries.ReadAsync(connection, order.Id, taken, this, protector).ConfigureAwait(false) : null;
        var numbers = rows.Any(r => r.PickedKey is not null) ? await NumbersAsync(connection, rows).ConfigureAwait(false) : null;
        var instead = replaced.Select(r => r.View(cipher)).ToLookup(r => r.Line, r => new ReplacedDelivery(r.Old, r.New, r.At));
        OrderLineView Shown(SoldLine s) => supplied?.GetValueOrDefault(s.Row.Line) is { } there
            ? Line(s, In, cipher, [.. there.Deliveries]) with { Replaced = there.Replaced }
            : Line(s, In, cipher, delivered?.Units.GetValueOrDefault(s.Row.Line)) with { Replaced = [.. instead[s.Row.Line]], CorrectedAt = delivered?.Corrected.GetValueOrDefault(s.Row.Line), Number = s.Row.PickedKey is { } key ? numbers?.GetValueOrDefault(key) : null };
        return new OrderView
        {
            OrderId = order.Id,
            Number = OrderNumber.Of(order.Id),
            State = EffectiveState(order),
            Total = In(order.Total),
            Discount = In(order.Discount),
            Captured = In(order.Captured),
            RefundDue = In(order.RefundDue),
            Refunded = In(order.Refunded),
            CreatedAt = order.CreatedAt,
            ReservedUntil = order.ReservedUntil,
            PaidAt = order.PaidAt,
            FulfilledAt = order.FulfilledAt,
            Culture = order.Culture,
            MaskedContact = order.Contact is null ? null : Contact.Mask(cipher.Decrypt(order.Contact)),
            Lines = [.. sold.Select(s => Shown(s) with { TakenBack = taken.Contains(s.Row.Line) })],
        };
    }

    private static async Task<Dictionary<long, string>> NumbersAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows) =>
        (await connection.QueryAsync<(long Id, string Label)>(
            $"select id, label from card_key where tenant = @tenant and label is not null and id {connection.In("keys")}",
            new { keys = rows.Where(r => r.PickedKey is not null).Select(r => r.PickedKey!.Value).ToArray() }).ConfigureAwait(false)).ToDictionary(k => k.Id, k => k.Label);

    /// <summary>What a line's buyer told in confidence, in plain, by field name.</summary>
    public async Task<Dictionary<string, string>> SecretFieldsAsync(ICommerceConnection connection, OrderRow row, ITenantCipher cipher)
    {
        var sold = new SoldLine(row, await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false));
        var fields = Plain(row, cipher);
        return Secret(sold, fields).ToDictionary(name => name, name => fields[name]);
    }

    /// <summary>A delivered order completes by time alone: no sweep has to touch it, and it has no later move that a delivered one hasn't.</summary>
    public OrderState EffectiveState(OrderRow order) => EffectiveState(order.State, order.FulfilledAt);

    public OrderState EffectiveState(OrderState state, DateTimeOffset? fulfilledAt) =>
        state == OrderState.Fulfilled && fulfilledAt <= CompletedBefore ? OrderState.Completed : state;

    public DateTimeOffset CompletedBefore => clock.GetUtcNow().AddDays(-options.CompleteAfterDays);

    /// <summary>A key that came for another stands where that one stood.</summary>
    private static List<OrderRow> InPlace(IReadOnlyList<OrderRow> read, IReadOnlyList<ReplacementRow> replaced)
    {
        var first = new Dictionary<long, long>();
        foreach (var replacement in replaced)
            first[replacement.NewKey] = first.GetValueOrDefault(replacement.OldKey, replacement.OldKey);
        return [.. read.OrderBy(r => r.Line).ThenBy(r => r.KeyId is { } key ? first.GetValueOrDefault(key, key) : 0)];
    }

    private static OrderLineView Line(SoldLine sold, Func<long, Money> money, ITenantCipher cipher, List<string>? delivered)
    {
        var fields = Plain(sold.Row, cipher);
        var secret = Secret(sold, fields);
        foreach (var name in secret)
            fields[name] = Masked;
        return Line(sold, money, fields, secret, delivered);
    }

    private static OrderLineView Line(SoldLine sold, Func<long, Money> money, Dictionary<string, string> fields, List<string> secret, List<string>? delivered) => new()
    {
        Line = sold.Row.Line,
        SkuId = sold.Row.SkuId,
        ProductId = sold.Offer.ProductId,
        Title = sold.Offer.Title,
        Variant = sold.Offer.Variant,
        SnapshotJson = sold.Offer.SnapshotJson,
        Delivery = sold.Offer.Delivery,
        Quantity = sold.Row.Quantity,
        UnitPrice = money(sold.Row.UnitPrice),
        Surcharge = money(sold.Row.LineSurcharge),
        Discount = money(sold.Row.LineDiscount),
        Total = money(sold.Row.LineTotal),
        Fields = fields,
        SecretFields = secret,
        Deliveries = delivered ?? [],
    };

    private static Dictionary<string, string> Plain(OrderRow row, ITenantCipher cipher) =>
        row.Fields is null ? [] : JsonSerializer.Deserialize(cipher.Decrypt(row.Fields), OrderJson.Default.DictionaryStringString)!;

    private static List<string> Secret(SoldLine sold, Dictionary<string, string> fields) => [.. sold.Offer.Fields.Where(f => f.Secret && fields.ContainsKey(f.Name)).Select(f => f.Name)];

    private async Task<Handed> DeliveredAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> read, List<SoldLine> lines, IReadOnlyList<int> taken, ITenantCipher cipher)
    {
        var orderId = read[0].Id;
        var delivered = new Handed([], []);
        List<string> Of(int line) => delivered.Units.TryGetValue(line, out var list) ? list : delivered.Units[line] = [];
        foreach (var row in read)
        {
            if (row is { KeySecret: { } secret, KeyState: KeyState.Delivered })
                Of(row.Line).Add(cipher.Decrypt(secret));
        }

        if (lines.Any(l => l.Offer.Delivery == DeliveryKind.Manual))
        {
            foreach (var row in (await connection.QueryAsync<TextRow>(SelectTexts, new { orderId }).ConfigureAwait(false)).Where(t => !taken.Contains(t.Line)))
            {
                Of(row.Line).Add(cipher.Decrypt(row.Text));
                delivered.Corrected[row.Line] = row.CorrectedAt;
            }
        }

        foreach (var line in lines.Where(l => !taken.Contains(l.Row.Line)))
        {
            if (line.Offer.Delivery == DeliveryKind.Text)
                Of(line.Row.Line).Add(cipher.Decrypt(line.Version.DeliveryText));
            else if (line.Offer.Delivery == DeliveryKind.ReusableKey && await stock.ReadReusableAsync(connection, line.Offer.PoolId!.Value).ConfigureAwait(false) is { } key)
                Of(line.Row.Line).Add(key);
        }

        return delivered;
    }

    /// <summary>What was delivered, in plain, and when it was corrected, by line.</summary>
    private sealed record Handed(Dictionary<int, List<string>> Units, Dictionary<int, DateTimeOffset?> Corrected);

    private sealed record TextRow(int Line, byte[] Text, DateTimeOffset? CorrectedAt);
}
