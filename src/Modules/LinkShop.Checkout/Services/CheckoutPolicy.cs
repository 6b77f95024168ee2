using LinkShop.Checkout.Models;
using LinkShop.Commerce.Ordering;
using Microsoft.Extensions.Configuration;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Services;

/// <summary>The tenant's own reservation time and limits; what isn't set there comes from configuration (<c>LinkShop:Ordering</c>).</summary>
public sealed class CheckoutPolicy(ISiteService sites, IConfiguration configuration)
{
    /// <summary>The limits for a new order; null when the tenant hasn't set any.</summary>
    public async ValueTask<OrderPolicy?> ForOrderAsync()
    {
        var settings = (await sites.GetSiteSettingsAsync()).As<CheckoutSettings>();
        return settings.Policy;
    }

    /// <summary>How long stock is kept for an unpaid order, in minutes.</summary>
    public async ValueTask<int> ReservationMinutesAsync() => (await ForOrderAsync())?.ReserveMinutes ?? Defaults().ReserveMinutes;

    /// <summary>What holds for tenants that set nothing.</summary>
    public OrderingOptions Defaults()
    {
        var options = new OrderingOptions();
        configuration.GetSection("LinkShop:Ordering").Bind(options);
        return options;
    }
}
