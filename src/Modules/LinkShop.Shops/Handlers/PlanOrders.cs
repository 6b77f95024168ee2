using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;

namespace LinkShop.Shops.Handlers;

/// <summary>
/// Orders of the platform that pay for plans. It reads what the order says now and hands that over, so it doesn't matter which event comes, how often, or in what order.
/// An address that no shop has becomes a message of its own, so that it is seen among the failed ones and the order's other messages don't wait for it.
/// </summary>
internal sealed class PlanOrders(IOrderDesk desk, IShopPlans plans) : IOutboxHandler
{
    /// <summary>The buyer field with the shop's address.</summary>
    public const string Field = "shop";

    public bool Handles(string type) => type is OrderEvents.Paid or OrderEvents.Fulfilled or OrderEvents.Refunded or PlanEvents.Unplaced;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Tenant != PlatformTenant.Scope.Tenant
            || await desk.DetailAsync(PlatformTenant.Scope, message.Read<OrderEvent>().OrderId, cancellationToken) is not { Order: { PaidAt: { } paidAt } order })
            return;
        foreach (var line in order.Lines)
        {
            var slug = SlugOf(line.Fields.GetValueOrDefault(Field));
            var purchase = new PlanPurchase(order.OrderId, line.Line, slug, line.SkuId, line.Quantity, paidAt, order.Total.Minor, order.Captured.Minor);
            var again = message.Type == PlanEvents.Unplaced;
            if (await plans.ApplyAsync(PlatformTenant.Scope, purchase, announce: !again, cancellationToken) is { Error.Code: CommerceErrors.NotFound } && again)
                throw new InvalidOperationException($"Order {order.Number} pays for a plan of the shop '{slug}', and there is no such shop. Give the plan by hand, or give the money back.");
        }
    }

    /// <summary>What people type: the address alone, or the whole of it.</summary>
    internal static string SlugOf(string? typed)
    {
        var text = (typed ?? "").Trim().ToLowerInvariant().TrimEnd('/');
        text = text[(text.LastIndexOf('/') + 1)..];
        return text.Split('.')[0];
    }
}
