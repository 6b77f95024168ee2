using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Checkout.Services;

/// <summary>Collects what the pages of an order show.</summary>
public sealed class OrderPages(PaymentChoices payments, ShopClock clock)
{
    /// <summary>The page of an order.</summary>
    public async Task<OrderViewModel> BuildAsync(OrderView order, string? preferred = null) => new()
    {
        Order = order,
        Providers = order.State == OrderState.AwaitingPayment ? await payments.ListAsync() : [],
        Created = await clock.LocalAsync(order.CreatedAt),
        ReservedUntil = await clock.LocalAsync(order.ReservedUntil),
        Paid = order.PaidAt is { } paid ? await clock.LocalAsync(paid) : null,
        Fulfilled = order.FulfilledAt is { } fulfilled ? await clock.LocalAsync(fulfilled) : null,
        Preferred = preferred,
    };

    /// <summary>Orders with their local times.</summary>
    public async Task<OrderListViewModel> ListAsync(IReadOnlyList<OrderSummary> orders, string? nextPage = null)
    {
        var rows = new List<(OrderSummary, DateTimeOffset)>(orders.Count);
        foreach (var order in orders)
        {
            rows.Add((order, await clock.LocalAsync(order.CreatedAt)));
        }

        return new OrderListViewModel(rows, nextPage);
    }

    /// <summary>Changes whenever the page of an order would look different.</summary>
    public static string VersionOf(OrderView order) =>
        $"{(int)order.State}.{order.Lines.Sum(l => l.Deliveries.Count)}.{order.Lines.Sum(l => l.Replaced.Count)}.{order.Captured.Minor}.{order.RefundDue.Minor}.{order.Refunded.Minor}";
}
