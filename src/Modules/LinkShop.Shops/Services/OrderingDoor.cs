using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Shops.Services;

/// <summary>Stands before ordering and may refuse an order. All ways to an order lead through here; what was ordered before goes on.</summary>
internal abstract class OrderingDoor(IOrdering inner) : IOrdering
{
    protected IOrdering Inner { get; } = inner;

    public abstract Task<CommerceResult<OrderReceipt>> CreateAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default);

    public Task<CommerceResult<OrderQuote>> QuoteAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default) => Inner.QuoteAsync(scope, request, cancellationToken);

    public Task<CommerceResult<OrderView>> GetAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default) => Inner.GetAsync(scope, orderId, access, cancellationToken);

    public Task<CommerceResult<string>> DownloadAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default) => Inner.DownloadAsync(scope, orderId, access, cancellationToken);

    public Task<CommerceResult<IReadOnlyList<OrderSummary>>> LookupAsync(TenantScope scope, string? contact, string? password, string? clientAddress, CancellationToken cancellationToken = default) =>
        Inner.LookupAsync(scope, contact, password, clientAddress, cancellationToken);

    public Task<CommerceResult<OrderState>> CancelAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default) => Inner.CancelAsync(scope, orderId, access, cancellationToken);

    public Task<IReadOnlyList<OrderSummary>> ListForUserAsync(TenantScope scope, string userId, string? beforeOrderId = null, int take = 20, CancellationToken cancellationToken = default) =>
        Inner.ListForUserAsync(scope, userId, beforeOrderId, take, cancellationToken);

    public Task<OrderSummary?> FindUnpaidAsync(TenantScope scope, string skuId, IReadOnlyList<(string OrderId, string Token)> held, string? userId, CancellationToken cancellationToken = default) =>
        Inner.FindUnpaidAsync(scope, skuId, held, userId, cancellationToken);
}

/// <summary>How a door comes before orders.</summary>
internal static class OrderingDoors
{
    /// <summary>Puts a door before the ordering that is registered.</summary>
    public static void AddOrderingDoor(this IServiceCollection services, Func<IServiceProvider, IOrdering, IOrdering> door)
    {
        var present = services.Last(service => service.ServiceType == typeof(IOrdering));
        services.AddScoped(provider => door(
            provider, (IOrdering)(present.ImplementationInstance ?? present.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, present.ImplementationType!))));
    }
}
