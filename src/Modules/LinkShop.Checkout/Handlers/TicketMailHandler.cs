using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Support;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>Sends the shop's answer to buyers who left an e-mail address, in their language, with a link to the conversation. Keys are masked.</summary>
internal sealed class TicketMailHandler(ITicketDesk tickets, MailDelivery mail, ISiteService sites, TenantAddress address, IStringLocalizer<TicketMailHandler> S, TenantScope scope) : IOutboxHandler
{
    public bool Handles(string type) => type == TicketEvents.Answered;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var answered = message.Read<TicketEvent>();
        // a phone number gets no mail
        if (await tickets.MailAsync(scope, answered.TicketId, answered.Number, cancellationToken) is not { Ticket.Contact: { } to } written || !to.Contains('@', StringComparison.Ordinal))
        {
            return;
        }

        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        var link = $"{await address.RootAsync()}/support/{answered.TicketId}?token={Uri.EscapeDataString(written.Token)}";
        await mail.SendAsync(written.Culture, () =>
        {
            string subject = written.Ticket.OrderNumber is { } number ? S["{0}: answer about your order {1}", shop, number] : S["{0}: answer to your message", shop];
            var text = $"{S["The shop has answered you:"]}\n\n{written.Text}\n\n{S["Read it and write back here:"]}\n{link}\n\n{S["Nobody from {0} will ever ask you for the goods themselves.", shop]}\n";
            return Task.FromResult(new MailMessage { To = to, Subject = subject, TextBody = text });
        });
    }
}
