using OrchardCore.Settings;

namespace LinkShop.Cms.Admin;

/// <summary>Shows moments as the site's clock does.</summary>
internal static class SiteTime
{
    /// <summary>A moment in UTC as short text in the site's time zone and the reader's language; empty for none.</summary>
    public static string Show(this ISite site, DateTime? utc)
    {
        if (utc is not { } moment) return "";
        var zone = site.TimeZoneId is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Local;
        return TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc), zone).ToString("g");
    }
}
