using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Http;

namespace LinkShop.Checkout.Services;

/// <summary>Collects what the pages of an order show.</summary>
public sealed class OrderPages(PaymentChoices payments, IRefunds refunds, ShopClock clock, IEnumerable<PlatformApproves> platform, TenantScope scope)
{
    /// <summary>The page of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="preferred">The provider they chose on the checkout page.</param>
    /// <param name="refund">What its buyer typed in when they asked for money back, if that was refused.</param>
    /// <param name="credits">What the signed-in buyer has that covers the order.</param>
    public async Task<OrderViewModel> BuildAsync(OrderView order, string? preferred = null, RefundForm? refund = null, IReadOnlyList<CreditStanding>? credits = null)
    {
        // money can only go back, and have gone back, when some came
        var standing = order.PaidAt is null ? RefundStanding.None : await refunds.StandingAsync(scope, order.OrderId);
        return new()
        {
            Order = order,
            Providers = order.State == OrderState.AwaitingPayment ? await payments.ListAsync() : [],
            Created = await clock.LocalAsync(order.CreatedAt),
            ReservedUntil = await clock.LocalAsync(order.ReservedUntil),
            Paid = order.PaidAt is { } at ? await clock.LocalAsync(at) : null,
            Fulfilled = order.FulfilledAt is { } fulfilled ? await clock.LocalAsync(fulfilled) : null,
            Refunds = standing.Refunds,
            Kept = standing.Kept,
            HasPlatform = platform.Any(),
            Preferred = preferred,
            Credits = credits ?? [],
            Refund = refund ?? new RefundForm { Once = Guid.NewGuid().ToString("n") },
        };
    }

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
        $"{(int)order.State}.{order.Lines.Sum(l => l.Deliveries.Count)}.{order.Lines.Sum(l => l.Replaced.Count)}.{order.Lines.Max(l => l.CorrectedAt)?.UtcTicks}.{order.Captured.Minor}.{order.RefundDue.Minor}.{order.Refunded.Minor}";
}
