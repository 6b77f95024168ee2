namespace LinkShop.Commerce.Payouts;

/// <summary>The time as it is stored.</summary>
internal static class PayoutClock
{
    /// <summary>Now, in whole milliseconds: what is returned is what is read later.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock) => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
