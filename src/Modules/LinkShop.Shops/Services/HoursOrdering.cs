using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Shops.Services;

/// <summary>Takes no order for goods that somebody has to deliver while the shop is closed. All ways to an order lead through here; what was ordered before goes on.</summary>
internal sealed class HoursOrdering(IOrdering inner, IOfferCatalog offers, OpeningClock clock) : OrderingDoor(inner)
{
    public override async Task<CommerceResult<OrderReceipt>> CreateAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default)
    {
        var now = await clock.NowAsync();
        if (!now.Open)
        {
            foreach (var line in request.Lines)
            {
                // one that is sold no more is refused by who knows better
                if (!now.SellsAutomatic || await offers.GetAsync(scope, line.SkuId, cancellationToken) is { Delivery: DeliveryKind.Manual })
                    return new CommerceError(ShopErrors.Closed, "The shop is closed at the moment, and nobody is there to deliver this.");
            }
        }

        return await Inner.CreateAsync(scope, request, cancellationToken);
    }
}

/// <summary>How the hours come before orders.</summary>
internal static class OpeningHoursServices
{
    /// <summary>Puts <see cref="HoursOrdering"/> around the ordering that is registered.</summary>
    public static void AddOpeningHours(this IServiceCollection services)
    {
        services.AddScoped<OpeningClock>();
        services.AddOrderingDoor((provider, inner) => new HoursOrdering(inner, provider.GetRequiredService<IOfferCatalog>(), provider.GetRequiredService<OpeningClock>()));
    }
}
