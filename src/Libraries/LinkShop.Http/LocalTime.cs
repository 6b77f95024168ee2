namespace LinkShop.Http;

/// <summary>Shows moments in a shop's own time zone.</summary>
public static class LocalTime
{
    /// <summary>The moment in a zone; in UTC when the zone isn't set or this machine doesn't know it, as that must not take a page down.</summary>
    public static DateTimeOffset In(string? zoneId, DateTimeOffset moment) =>
        zoneId is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? TimeZoneInfo.ConvertTime(moment, zone) : moment.ToUniversalTime();
}
