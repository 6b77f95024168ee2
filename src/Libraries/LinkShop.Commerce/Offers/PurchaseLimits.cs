namespace LinkShop.Commerce.Offers;

/// <summary>How much one order, buyer or network address may take. Unpaid reservations count, so that nobody hoards stock.</summary>
public sealed record PurchaseLimits
{
    /// <summary>Fewest units in one order; at least 1.</summary>
    public int MinPerOrder { get; init; } = 1;

    /// <summary>Most units in one order; at least <see cref="MinPerOrder"/>, at most 1,000.</summary>
    public int MaxPerOrder { get; init; } = 100;

    /// <summary>Most units for one contact within <see cref="WindowMinutes"/>, or null for no limit.</summary>
    public int? MaxPerBuyer { get; init; }

    /// <summary>Most units for one network address within <see cref="WindowMinutes"/>, or null for no limit.</summary>
    public int? MaxPerAddress { get; init; }

    /// <summary>Length of the window in minutes; at least 1.</summary>
    public int WindowMinutes { get; init; } = 1440;
}
