using LinkShop.Checkout.Models;
using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>Tells buyers who left an e-mail address what became of their order, in the language they ordered in.</summary>
internal sealed class OrderMailHandler(
    IOrderDesk desk, IOrdering ordering, IRefunds refunds, MailDelivery mail, OrderMailText text, ISiteService sites, TenantScope scope) : IOutboxHandler
{
    public bool Handles(string type) => type is OrderEvents.Fulfilled or OrderEvents.TaskOpened or OrderEvents.RefundDue or OrderEvents.Refunded or RefundEvents.Answered or ReplacementEvents.Replaced or ReplacementEvents.Corrected;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var told = message.Read<OrderEvent>();
        var orderId = told.OrderId;
        // A phone number gets no mail; an order that isn't there (a payment for nothing) has nobody to write to.
        var contact = await desk.ContactAsync(scope, orderId, cancellationToken);
        if (contact is null || !contact.Contains('@', StringComparison.Ordinal) || await desk.DetailAsync(scope, orderId, cancellationToken) is not { } detail)
        {
            return;
        }

        var found = await desk.SearchAsync(scope, new OrderSearch { Number = orderId, Take = 1 }, cancellationToken);
        var token = found.Orders[0].AccessToken;
        var order = detail.Order;
        var settings = (await sites.GetSiteSettingsAsync()).As<CheckoutSettings>();
        if (message.Type is OrderEvents.Fulfilled or ReplacementEvents.Replaced or ReplacementEvents.Corrected && settings.MailGoods)
        {
            var opened = await ordering.GetAsync(scope, orderId, OrderAccess.ForMail(token), cancellationToken);
            order = opened.Succeeded ? opened.Value : order;
        }

        var decided = message.Type is RefundEvents.Answered or OrderEvents.RefundDue ? (await refunds.OfOrderAsync(scope, orderId, cancellationToken)).Where(r => r.DecidedAt is not null).OrderByDescending(r => r.DecidedAt).ToList() : [];
        // the answer that was given last: the event says whose order it is, not what was said
        var answer = message.Type == RefundEvents.Answered ? decided.Find(r => r.RequestedBy == RefundView.Buyer) : null;
        if (message.Type == RefundEvents.Answered && (answer is null || IsSaidByRefund(answer, order)) || message.Type == OrderEvents.RefundDue && IsSaidElsewhere(decided, order))
        {
            return;
        }

        await mail.SendAsync(order.Culture, () => text.CreateAsync(message.Type, order, answer, told.Minor > 0 ? new Money(told.Minor, order.Total.Currency) : order.Refunded, contact, token));
    }

    // one mail about one refund: the money is back already, and the mail about that has the same to say
    private static bool IsSaidByRefund(RefundView answer, OrderView order) =>
        answer is { State: RefundState.Approved, Note: null or "" } && order.RefundDue.IsZero && order.Refunded >= answer.Amount;

    // it is back by now, and its own mail says so; or it was asked for, and the answer says it
    private static bool IsSaidElsewhere(List<RefundView> decided, OrderView order) =>
        order.RefundDue.IsZero && !order.Refunded.IsZero || decided.Find(r => r.State == RefundState.Approved) is { RequestedBy: RefundView.Buyer } answer && answer.Amount == order.RefundDue;
}
