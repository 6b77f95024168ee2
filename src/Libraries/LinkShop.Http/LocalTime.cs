using System.Globalization;

namespace LinkShop.Http;

/// <summary>Shows and reads moments in a shop's own time zone.</summary>
public static class LocalTime
{
    /// <summary>The moment in a zone; in UTC when the zone isn't set or this machine doesn't know it, as that must not take a page down.</summary>
    public static DateTimeOffset In(string? zoneId, DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, Zone(zoneId));

    /// <summary>The moment to the second with its distance from UTC, for a reader elsewhere: <c>2026-11-28 17:30:00 +08:00</c>.</summary>
    public static string Exact(string? zoneId, DateTimeOffset moment) => In(zoneId, moment).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>The moment that a person means who writes a date and time in a zone. In the hour that a clock change leaves out, the one after it.</summary>
    public static DateTimeOffset Of(string? zoneId, DateTime written)
    {
        var local = DateTime.SpecifyKind(written, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, Zone(zoneId).GetUtcOffset(local));
    }

    /// <summary>As <see cref="Of"/>, for what was typed in: null when it is before 1970 or at the calendar's end, where no time zone can be reckoned with.</summary>
    public static DateTimeOffset? Read(string? zoneId, DateTime written) => IsUsual(written) ? Of(zoneId, written) : null;

    /// <summary>Whether a date that was typed in is one that can be reckoned with: 1970 to 9998.</summary>
    public static bool IsUsual(DateTime written) => written.Year is >= 1970 and <= 9998;

    /// <summary>Whether a day that was typed in is one that can be reckoned with: 1970 to 9998.</summary>
    public static bool IsUsual(DateOnly written) => written.Year is >= 1970 and <= 9998;

    /// <summary>The zone by its id; UTC when it isn't set or this machine doesn't know it.</summary>
    public static TimeZoneInfo Zone(string? zoneId) =>
        zoneId is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? zone : TimeZoneInfo.Utc;
}
