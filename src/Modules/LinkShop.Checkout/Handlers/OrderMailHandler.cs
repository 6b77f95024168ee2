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
    public bool Handles(string type) => type is OrderEvents.Fulfilled or OrderEvents.TaskOpened or OrderEvents.RefundDue or OrderEvents.Refunded or RefundEvents.Answered or ReplacementEvents.Replaced;

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
        if (message.Type is OrderEvents.Fulfilled or ReplacementEvents.Replaced && settings.MailGoods)
        {
            var opened = await ordering.GetAsync(scope, orderId, OrderAccess.ForMail(token), cancellationToken);
            order = opened.Succeeded ? opened.Value : order;
        }

        // the money is back by now, and its own mail says so
        if (message.Type == OrderEvents.RefundDue && order.RefundDue.IsZero && !order.Refunded.IsZero)
        {
            return;
        }

        // the answer that was given last: the event says whose order it is, not what was said
        var answer = message.Type == RefundEvents.Answered ? (await refunds.OfOrderAsync(scope, orderId, cancellationToken)).Where(r => r is { DecidedAt: not null, RequestedBy: RefundView.Buyer }).MaxBy(r => r.DecidedAt) : null;
        if (message.Type == RefundEvents.Answered && answer is null)
        {
            return;
        }

        await mail.SendAsync(order.Culture, () => text.CreateAsync(message.Type, order, answer, told.Minor > 0 ? new Money(told.Minor, order.Total.Currency) : order.Refunded, contact, token));
    }
}
