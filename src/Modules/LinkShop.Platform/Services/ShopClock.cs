using OrchardCore.Settings;

namespace LinkShop.Platform.Services;

/// <summary>Shows moments in the shop's own time zone.</summary>
public sealed class ShopClock(ISiteService siteService)
{
    private TimeZoneInfo? _zone;

    /// <summary>A moment in the shop's zone.</summary>
    public async ValueTask<DateTimeOffset> LocalAsync(DateTimeOffset moment)
    {
        if (_zone is null)
        {
            var id = (await siteService.GetSiteSettingsAsync()).TimeZoneId;
            // A zone this machine doesn't know must not take the order page down.
            _zone = id is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.ConvertTime(moment, _zone);
    }
}
