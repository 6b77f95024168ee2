using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payouts;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.Email;
using OrchardCore.Localization;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>Tells whose money it is what came of a payout: that it left, that it couldn't be paid, or that it was refused, with the reason.</summary>
internal sealed class PayoutMailHandler(
    IPayouts payouts, AccountMail accounts, StaffMail staff, MailDelivery mail, ISiteService sites, TenantAddress address, ILocalizationService localization, IOptions<AdminOptions> admin,
    IStringLocalizer<PayoutMailHandler> S, TenantScope scope) : IOutboxHandler
{
    public bool Handles(string type) => type is PayoutEvents.Paid or PayoutEvents.Failed or PayoutEvents.Rejected;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var about = message.Read<PayoutEvent>();
        // without an owner it is the shop's own money
        if (await (about.Owner.Length == 0 ? staff.ToAsync(cancellationToken) : accounts.ToAsync(about.Owner)) is not { Length: > 0 } to || await payouts.GetAsync(scope, about.PayoutId, cancellationToken) is not { } payout)
        {
            return;
        }

        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        var page = payout.Purpose == LedgerPurpose.PromoterAvailable ? "account/promote/payouts" : $"{admin.Value.AdminUrlPrefix}/Payouts/Details/{payout.Id}";
        var link = $"{await address.RootAsync()}/{page}";
        await mail.SendAsync(await localization.GetDefaultCultureAsync(), () =>
        {
            var (subject, text) = Write(message.Type, payout, shop);
            return Task.FromResult(new MailMessage { To = to, Subject = subject, TextBody = $"{text}\n\n{link}\n" });
        });
    }

    private (string Subject, string Text) Write(string type, Payout payout, string shop)
    {
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        string reason = string.IsNullOrWhiteSpace(payout.Note) ? "" : " " + S["The reason: {0}", payout.Note];
        return type switch
        {
            PayoutEvents.Paid => (
                S["{0}: {1} were paid out", shop, payout.Net.Format(culture)],
                S["{0} left for {1}. It arrives as fast as the bank is.", payout.Net.Format(culture), payout.DestinationMask]),
            PayoutEvents.Failed => (
                S["{0}: your payout couldn't be paid", shop],
                S["{0} couldn't be paid to {1}, and is back in your wallet. Look whether the account is right, and ask again.", payout.Net.Format(culture), payout.DestinationMask] + reason),
            _ => (
                S["{0}: your payout was refused", shop],
                S["Your payout of {0} was refused, and the money is back in your wallet.", payout.Amount.Format(culture)] + reason),
        };
    }
}
