using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ordering;

/// <summary>The rows of a new order; nobody looks at the outcome of these statements, so they share a round trip with the commit.</summary>
internal static class OrderInsert
{
    private const string InsertOrder = """
        insert into orders (tenant, id, state, fulfilment, currency, subtotal, discount, total, captured, refunded, refund_due, undeliverable,
          contact_hash, contact, address_hash, user_id, password_hash, culture, coupon, reseller, promoter, points_rate, created_at, reserved_until, paid_at)
        values (@tenant, @id, @state, 'None', @currency, @subtotal, @discount, @total, 0, 0, 0, @undeliverable,
          @contactHash, @contact, @addressHash, @userId, @passwordHash, @culture, @coupon, @reseller, @promoter, @pointsRate, @createdAt, @reservedUntil, @paidAt)
        """;

    private const string InsertLine = """
        insert into order_lines (tenant, order_id, line, sku_id, version, quantity, unit_price, surcharge, discount, total, picked_key, fields)
        values (@tenant, @orderId, @line, @sku, @version, @quantity, @unitPrice, @surcharge, @discount, @total, @pickedKey, @fields)
        """;

    private const string InsertHold = """
        insert into order_holds (tenant, order_id, contact_hash, address_hash, until) values (@tenant, @orderId, @contactHash, @addressHash, @until)
        """;

    public static void Order(ICommerceConnection connection, OrderDraft draft, PricedOrder order, string? promoter = null) => connection.Defer(InsertOrder, new
    {
        id = draft.OrderId,
        state = order.Total == 0 ? nameof(OrderState.Paid) : nameof(OrderState.AwaitingPayment),
        currency = order.Currency,
        subtotal = order.Subtotal,
        discount = order.Discount,
        total = order.Total,
        undeliverable = false,
        contactHash = draft.ContactHash,
        contact = draft.ContactCipher,
        addressHash = draft.AddressHash,
        userId = draft.Request.UserId,
        passwordHash = draft.PasswordHash,
        culture = draft.Request.Culture,
        coupon = order.Coupon?.Code,
        reseller = draft.Request.Reseller,
        promoter = promoter ?? draft.Request.Promoter,
        pointsRate = draft.Request.UserId is null ? 0 : Math.Clamp(draft.Request.Policy?.PointsBasisPoints ?? 0, 0, 10_000),
        createdAt = draft.Now,
        reservedUntil = draft.ReservedUntil,
        paidAt = order.Total == 0 ? draft.Now : (DateTimeOffset?)null,
    });

    public static void Line(ICommerceConnection connection, OrderDraft draft, PricedLine line) => connection.Defer(InsertLine, new
    {
        orderId = draft.OrderId,
        line = line.Line,
        sku = line.Offer.SkuId,
        version = line.Offer.Version,
        quantity = line.Quantity,
        unitPrice = line.UnitPrice,
        surcharge = line.Surcharge,
        discount = line.Discount,
        total = line.Total,
        pickedKey = line.Request.PickedKeyId,
        // game accounts and the like are personal: always encrypted
        fields = line.Fields.Count == 0 ? null : draft.Cipher.Encrypt(JsonSerializer.Serialize(line.Fields, OrderJson.Default.DictionaryStringString)),
    });

    public static void Hold(ICommerceConnection connection, OrderDraft draft) => connection.Defer(InsertHold, new
    {
        orderId = draft.OrderId,
        contactHash = draft.ContactHash,
        addressHash = draft.AddressHash,
        until = draft.ReservedUntil,
    });
}
