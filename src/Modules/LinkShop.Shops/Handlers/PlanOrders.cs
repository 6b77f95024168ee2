using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.Localization;

namespace LinkShop.Shops.Handlers;

/// <summary>
/// Orders of the platform that pay for plans. It reads what the order says now and hands that over, so it doesn't matter which event comes, how often, or in what order.
/// A plan whose shop isn't there (any more) becomes a message of its own, so that the order's other messages don't wait for it, and a request for the money that staff answer.
/// </summary>
internal sealed class PlanOrders(IOrderDesk desk, IShopPlans plans, PlanShops shops, IRefunds refunds, IStringLocalizer<PlanOrders> S) : IOutboxHandler
{
    public bool Handles(string type) => type is OrderEvents.Paid or OrderEvents.Fulfilled or OrderEvents.Refunded or PlanEvents.Unplaced;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Tenant != PlatformTenant.Scope.Tenant
            || await desk.DetailAsync(PlatformTenant.Scope, message.Read<OrderEvent>().OrderId, cancellationToken) is not { Order: { PaidAt: { } paidAt } order })
            return;
        // by line: what goes back of another one changes nothing here. Most orders are for something else, and aren't asked about
        var standing = order.Lines.Any(l => l.Fields.ContainsKey(PlanShops.Field)) ? await refunds.StandingAsync(PlatformTenant.Scope, order.OrderId, cancellationToken) : RefundStanding.None;
        var again = message.Type == PlanEvents.Unplaced;
        var unplaced = new List<OrderLineView>();
        foreach (var line in order.Lines)
        {
            var shop = await shops.FindAsync(line.Fields.GetValueOrDefault(PlanShops.Field), cancellationToken);
            var purchase = new PlanPurchase(order.OrderId, line.Line, shop?.Slug ?? "", line.SkuId, line.Quantity, paidAt, line.Total.Minor, standing.Kept.TryGetValue(line.Line, out var left) ? left.Minor : 0);
            if (await plans.ApplyAsync(PlatformTenant.Scope, purchase, announce: !again, cancellationToken) is { Error.Code: CommerceErrors.NotFound })
                unplaced.Add(line);
        }

        if (again && unplaced.Count > 0)
            await AskBackAsync(order, unplaced, cancellationToken);
    }

    /// <summary>Asks for the money in the buyer's name, once: staff give it back, or give the plan by hand and decline.</summary>
    private async Task AskBackAsync(OrderView order, List<OrderLineView> unplaced, CancellationToken cancellationToken)
    {
        var id = "plan-" + order.OrderId;
        var standing = await refunds.StandingAsync(PlatformTenant.Scope, order.OrderId, cancellationToken);
        List<RefundLine> lines = [.. unplaced.Where(l => standing.Kept.TryGetValue(l.Line, out var kept) && kept.Minor > 0).Select(l => new RefundLine(l.Line, standing.Kept[l.Line].Minor))];
        if (lines.Count == 0 || standing.Refunds.Any(r => r.Id == id))
            return;
        var draft = new RefundDraft { Id = id, OrderId = order.OrderId, Lines = lines, Reason = RefundReason.NotDelivered, Text = TextOf(order, unplaced[0].Fields.GetValueOrDefault(PlanShops.Field)) };
        // a dispute, or another request of the buyer's: the outbox comes again, and in the end staff see it
        if ((await refunds.RequestAsync(PlatformTenant.Scope, draft, cancellationToken)).Error is { } error)
            throw new InvalidOperationException($"Order {order.Number} pays for a plan of a shop that isn't there, and the money can't be asked back: {error.Message} Give the plan by hand, or give the money back.");
    }

    // the buyer reads it on the order's page too
    private string TextOf(OrderView order, string? address)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(order.Culture);
        try
        {
            return S["The plan could not be put on: there is no open shop at the address “{0}”.", address ?? "–"];
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
