namespace LinkShop.Commerce.Support;

/// <summary>Settings of tickets, from configuration section <c>LinkShop:Support</c>.</summary>
public sealed class SupportOptions
{
    /// <summary>Most messages of buyers from one network address in an hour in a tenant.</summary>
    public int MaxPerAddressPerHour { get; set; } = 30;

    /// <summary>Most messages of buyers about one order, or in one general ticket, in an hour.</summary>
    public int MaxPerOrderPerHour { get; set; } = 20;

    /// <summary>Most open tickets of one order or one contact at a time.</summary>
    public int MaxOpen { get; set; } = 5;
}
