using System.Globalization;
using LinkShop.Checkout.Models;
using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using OrchardCore.Email;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>Tells buyers who left an e-mail address what became of their order, in the language they ordered in.</summary>
internal sealed class OrderMailHandler(
    IOrderDesk desk, IOrdering ordering, IEmailService mail, OrderMailText text, ISiteService sites, TenantScope scope) : IOutboxHandler
{
    public bool Handles(string type) => type is OrderEvents.Fulfilled or OrderEvents.TaskOpened or OrderEvents.RefundDue or OrderEvents.Refunded;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var orderId = message.Read<OrderEvent>().OrderId;
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
        if (message.Type == OrderEvents.Fulfilled && settings.MailGoods)
        {
            var opened = await ordering.GetAsync(scope, orderId, OrderAccess.ByToken(token), cancellationToken);
            order = opened.Succeeded ? opened.Value : order;
        }

        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(order.Culture);
            var result = await mail.SendAsync(await text.CreateAsync(message.Type, order, contact, token));
            if (!result.Succeeded)
            {
                throw new MailRefusedException(string.Join(" ", result.Errors.SelectMany(e => e.Value).Select(e => e.Value)));
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

/// <summary>The mail server refused a mail; the outbox tries again later.</summary>
internal sealed class MailRefusedException(string reason) : Exception("The mail wasn't accepted: " + reason);
