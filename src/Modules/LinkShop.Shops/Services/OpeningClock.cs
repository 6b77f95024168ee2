using LinkShop.Shops.Models;
using OrchardCore.Settings;

namespace LinkShop.Shops.Services;

/// <summary>Whether the shop is open by its hours.</summary>
/// <param name="Open">Whether it is.</param>
/// <param name="SellsAutomatic">Whether goods that need nobody are sold all the same.</param>
/// <param name="OpensAt">When it opens next, in the shop's time zone; null when it is open or never opens.</param>
public sealed record OpeningNow(bool Open, bool SellsAutomatic, DateTimeOffset? OpensAt);

/// <summary>Reads the hours, which are in the site's settings like all that pages need.</summary>
public sealed class OpeningClock(ISiteService sites, TimeProvider clock)
{
    private static readonly OpeningNow s_open = new(true, true, null);

    /// <summary>The present.</summary>
    public async Task<OpeningNow> NowAsync()
    {
        var site = await sites.GetSiteSettingsAsync();
        var hours = site.As<ShopHours>();
        var now = clock.GetUtcNow();
        if (hours.IsOpen(site.TimeZoneId, now))
            return s_open;
        return new OpeningNow(false, hours.SellAutomatic, hours.OpensAt(site.TimeZoneId, now) is { } at ? LinkShop.Http.LocalTime.In(site.TimeZoneId, at) : null);
    }
}
