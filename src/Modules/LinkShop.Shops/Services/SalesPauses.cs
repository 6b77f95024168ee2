using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using Microsoft.Extensions.Localization;
using OrchardCore.Settings;

namespace LinkShop.Shops.Services;

/// <summary>A shop's pause and hours for its product pages: nobody fills in a form for what can't be ordered. Both are in the site's settings, whose change empties the page cache.</summary>
internal sealed class SalesPauses(ISiteService sites, OpeningClock clock, IStringLocalizer<SalesPauses> S) : ISalesPause
{
    public async ValueTask<SalesPause?> NowAsync()
    {
        var status = (await sites.GetSiteSettingsAsync()).As<ShopStatus>();
        if (status.State == ShopState.Paused)
            return new SalesPause(string.IsNullOrWhiteSpace(status.Reason) ? S["This shop takes no orders at the moment."] : S["This shop takes no orders at the moment: {0}", status.Reason], false);
        var now = await clock.NowAsync();
        if (now.Open)
            return null;
        var opens = now.OpensAt?.ToString("dddd HH:mm", CultureInfo.CurrentUICulture);
        return new SalesPause((now.SellsAutomatic, opens) switch
        {
            (true, null) => S["This shop is closed now, and nobody is there to deliver this by hand."],
            (true, _) => S["This shop is closed now, and nobody is there to deliver this by hand. It can be ordered again on {0}.", opens],
            (_, null) => S["This shop is closed now."],
            _ => S["This shop is closed now. It opens again on {0}.", opens],
        }, now.SellsAutomatic);
    }
}
