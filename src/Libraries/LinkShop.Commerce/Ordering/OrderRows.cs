using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;

namespace LinkShop.Commerce.Ordering;

/// <summary>How far delivery is; kept apart from the state, because a refunded or disputed order still was or wasn't delivered.</summary>
internal enum Fulfilment
{
    None,
    Open,
    Done,
}

/// <summary>An order joined with one of its lines.</summary>
internal class OrderRow
{
    public string Id { get; init; } = "";
    public OrderState State { get; init; }
    public Fulfilment Fulfilment { get; init; }
    public string Currency { get; init; } = "";
    public long Subtotal { get; init; }
    public long Discount { get; init; }
    public long Total { get; init; }
    public long Captured { get; init; }
    public long Refunded { get; init; }
    public long RefundDue { get; init; }
    public string? CapturedPayment { get; init; }
    public bool Undeliverable { get; init; }
    public byte[]? ContactHash { get; init; }
    public byte[]? Contact { get; init; }
    public byte[]? AddressHash { get; init; }
    public string? UserId { get; init; }
    public byte[]? PasswordHash { get; init; }
    public string Culture { get; init; } = "";
    public string? Coupon { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ReservedUntil { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? FulfilledAt { get; init; }
    public long RefundApproved { get; set; }
    public int Transfers { get; init; }

    /// <summary>Nothing is kept of what was paid, and a dispute took of it.</summary>
    public bool ChargedBack { get; init; }

    /// <summary>How many of its lines stand on orders at suppliers.</summary>
    public int Supplies { get; init; }

    /// <summary>The shop that sells on what this order is for; null for every other order.</summary>
    public string? SupplyShop { get; init; }
    public string? Reseller { get; init; }
    public string? Promoter { get; init; }

    /// <summary>Basis points of what stays paid that the buyer gets in points.</summary>
    public int PointsRate { get; init; }

    /// <summary>Version of the fee policy in force when the row was read for a change; null when there is none.</summary>
    public int? FeePolicy { get; init; }

    public int Line { get; init; }
    public string SkuId { get; init; } = "";
    public long Version { get; init; }
    public int Quantity { get; init; }
    public long UnitPrice { get; init; }
    public long LineSurcharge { get; init; }
    public long LineDiscount { get; init; }
    public long LineTotal { get; init; }
    public long? PickedKey { get; init; }
    public byte[]? Fields { get; init; }

    public long? KeyId { get; init; }

    public byte[]? KeySecret { get; init; }

    public KeyPools.KeyState? KeyState { get; init; }

    public const string Columns = """
        o.id, o.state, o.fulfilment, o.currency, o.subtotal, o.discount, o.total, o.captured, o.refunded, o.refund_due, o.captured_payment, o.undeliverable,
        o.contact_hash, o.contact, o.address_hash, o.user_id, o.password_hash, o.culture, o.coupon, o.created_at, o.reserved_until, o.paid_at, o.fulfilled_at,
        o.refund_approved, o.transfers, o.charged_back, o.reseller, o.promoter, o.points_rate, o.supplies, o.supply_shop,
        l.line, l.sku_id, l.version, l.quantity, l.unit_price, l.surcharge as line_surcharge, l.discount as line_discount, l.total as line_total, l.picked_key, l.fields
        """;

    /// <summary>What a payment changes or decides by: the personal columns stay where they are.</summary>
    public const string PaymentColumns = """
        o.id, o.state, o.fulfilment, o.currency, o.total, o.captured, o.refunded, o.refund_due, o.captured_payment, o.undeliverable,
        o.contact_hash, o.address_hash, o.user_id, o.coupon, o.paid_at, o.fulfilled_at, o.refund_approved, o.transfers, o.charged_back, o.reseller, o.promoter, o.points_rate, o.supplies, o.supply_shop,
        l.line, l.sku_id, l.version, l.quantity, l.total as line_total, l.picked_key, (select max(f.version) from fee_policy f where f.tenant = @tenant) as fee_policy
        """;

    public const string ById = $"select {Columns} from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id where o.tenant = @tenant and o.id = @orderId order by l.line";

    private const string ByIdToChange = $"""
        select {Columns}, (select max(f.version) from fee_policy f where f.tenant = @tenant) as fee_policy
        from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id where o.tenant = @tenant and o.id = @orderId order by l.line
        """;

    /// <summary>The same with the delivered keys, still encrypted: a row per key, also for those that were replaced. One round trip, because every buyer comes by here.</summary>
    public const string ByIdWithKeys = $"""
        select {Columns}, k.id as key_id, k.secret as key_secret, k.state as key_state from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id
          left join card_key k on k.tenant = o.tenant and k.order_id = o.id and k.order_line = l.line and k.state in ('Delivered', 'Replaced')
        where o.tenant = @tenant and o.id = @orderId order by l.line, k.id
        """;

    /// <summary>Waits for and keeps the order's lock. Sent before the select that it protects, so that this one sees what the one before committed.</summary>
    public const string Lock = "select id from orders where tenant = @tenant and id = @orderId for update";

    public static async Task<IReadOnlyList<OrderRow>> LockAndReadAsync(ICommerceConnection connection, string orderId)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            connection.Defer(Lock, new { orderId });
        return await connection.QueryAsync<OrderRow>(ByIdToChange, new { orderId }).ConfigureAwait(false);
    }
}

/// <summary>A line with the version of the offer that was sold.</summary>
internal readonly record struct SoldLine(OrderRow Row, OfferVersion Version)
{
    public Offer Offer => Version.Offer;
}
