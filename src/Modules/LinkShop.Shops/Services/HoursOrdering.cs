using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Shops.Services;

/// <summary>Takes no order for goods that somebody has to deliver while the shop is closed. All ways to an order lead through here; what was ordered before goes on.</summary>
internal sealed class HoursOrdering(IOrdering inner, IOfferCatalog offers, OpeningClock clock) : IOrdering
{
    public async Task<CommerceResult<OrderReceipt>> CreateAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default)
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

        return await inner.CreateAsync(scope, request, cancellationToken);
    }

    public Task<CommerceResult<OrderQuote>> QuoteAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default) => inner.QuoteAsync(scope, request, cancellationToken);

    public Task<CommerceResult<OrderView>> GetAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default) => inner.GetAsync(scope, orderId, access, cancellationToken);

    public Task<CommerceResult<string>> DownloadAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default) => inner.DownloadAsync(scope, orderId, access, cancellationToken);

    public Task<CommerceResult<IReadOnlyList<OrderSummary>>> LookupAsync(TenantScope scope, string? contact, string? password, string? clientAddress, CancellationToken cancellationToken = default) =>
        inner.LookupAsync(scope, contact, password, clientAddress, cancellationToken);

    public Task<CommerceResult<OrderState>> CancelAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default) => inner.CancelAsync(scope, orderId, access, cancellationToken);

    public Task<IReadOnlyList<OrderSummary>> ListForUserAsync(TenantScope scope, string userId, string? beforeOrderId = null, int take = 20, CancellationToken cancellationToken = default) =>
        inner.ListForUserAsync(scope, userId, beforeOrderId, take, cancellationToken);
}

/// <summary>How the hours come before orders.</summary>
internal static class OpeningHoursServices
{
    /// <summary>Puts <see cref="HoursOrdering"/> around the ordering that is registered.</summary>
    public static void AddOpeningHours(this IServiceCollection services)
    {
        services.AddScoped<OpeningClock>();
        var present = services.Last(service => service.ServiceType == typeof(IOrdering));
        services.AddScoped<IOrdering>(provider => new HoursOrdering(
            (IOrdering)(present.ImplementationInstance ?? present.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, present.ImplementationType!)),
            provider.GetRequiredService<IOfferCatalog>(), provider.GetRequiredService<OpeningClock>()));
    }
}
