namespace LinkShop.Commerce.Ordering;

/// <summary>Settings of ordering, from configuration section <c>LinkShop:Ordering</c>.</summary>
public sealed class OrderingOptions
{
    /// <summary>How long stock is kept for an unpaid order, in minutes; 1 to 1,440.</summary>
    public int ReserveMinutes { get; set; } = 15;

    /// <summary>Most unpaid orders one contact may have at a time in a tenant.</summary>
    public int MaxUnpaidPerContact { get; set; } = 5;

    /// <summary>Most unpaid orders one network address may have at a time in a tenant.</summary>
    public int MaxUnpaidPerAddress { get; set; } = 20;

    /// <summary>Most wrong lookup passwords for one contact, order or address in <see cref="LookupWindowMinutes"/>.</summary>
    public int MaxLookupFailures { get; set; } = 10;

    /// <summary>Window of the lookup limit in minutes.</summary>
    public int LookupWindowMinutes { get; set; } = 15;

    /// <summary>Days after delivery until an order counts as completed.</summary>
    public int CompleteAfterDays { get; set; } = 7;
}
