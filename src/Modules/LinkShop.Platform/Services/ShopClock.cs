using LinkShop.Http;
using OrchardCore.Settings;

namespace LinkShop.Platform.Services;

/// <summary>Shows moments in the site's time zone.</summary>
public sealed class ShopClock(ISiteService siteService)
{
    /// <summary>A moment in the site's zone.</summary>
    public async ValueTask<DateTimeOffset> LocalAsync(DateTimeOffset moment) =>
        LocalTime.In((await siteService.GetSiteSettingsAsync()).TimeZoneId, moment);
}
