using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.Email;
using OrchardCore.Localization;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>Tells whose money it is that payouts can be asked for, and what came of one: that it left, that it couldn't be paid, or that it was refused, with the reason.</summary>
internal sealed class PayoutMailHandler(
    IPayouts payouts, IPromoters promoters, AccountMail accounts, StaffMail staff, MailDelivery mail, ISiteService sites, TenantAddress address, ILocalizationService localization, IOptions<AdminOptions> admin,
    IStringLocalizer<PayoutMailHandler> S, TenantScope scope) : IOutboxHandler
{
    private const string Promoters = "account/promote/payouts";

    public bool Handles(string type) => type is PayoutEvents.Paid or PayoutEvents.Failed or PayoutEvents.Rejected or PayoutEvents.PayeeVerified;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Type == PayoutEvents.PayeeVerified)
        {
            var owner = message.Read<PayeeEvent>().Owner;
            var page = owner.Length > 0 && await promoters.FindAsync(scope, owner, cancellationToken) is not null ? Promoters : $"{admin.Value.AdminUrlPrefix}/Payouts/Create";
            await SendAsync(owner, page, Verified, cancellationToken);
            return;
        }

        var about = message.Read<PayoutEvent>();
        if (await payouts.GetAsync(scope, about.PayoutId, cancellationToken) is { } payout)
        {
            var page = payout.Purpose == LedgerPurpose.PromoterAvailable ? Promoters : $"{admin.Value.AdminUrlPrefix}/Payouts/Details/{payout.Id}";
            await SendAsync(about.Owner, page, shop => Write(message.Type, payout, shop), cancellationToken);
        }
    }

    private async Task SendAsync(string owner, string page, Func<string, (string Subject, string Text)> write, CancellationToken cancellationToken)
    {
        // without an owner it is the shop's own money
        if (await (owner.Length == 0 ? staff.ToAsync(cancellationToken) : accounts.ToAsync(owner)) is not { Length: > 0 } to)
        {
            return;
        }

        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        var link = $"{await address.RootAsync()}/{page}";
        await mail.SendAsync(await localization.GetDefaultCultureAsync(), () =>
        {
            var (subject, text) = write(shop);
            return Task.FromResult(new MailMessage { To = to, Subject = subject, TextBody = $"{text}\n\n{link}\n" });
        });
    }

    private (string Subject, string Text) Verified(string shop) => (
        S["{0}: your payee and account are verified", shop],
        S["Who is paid and where to has been verified. You can ask for payouts now:"]);

    private (string Subject, string Text) Write(string type, Payout payout, string shop)
    {
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        string reason = string.IsNullOrWhiteSpace(payout.Note) ? "" : " " + S["The reason: {0}", PayoutWords.Note(S, payout.Note)];
        return type switch
        {
            PayoutEvents.Paid => (
                S["{0}: {1} were paid out", shop, payout.Net.Format(culture)],
                S["{0} left for {1}. It arrives as fast as the bank is.", payout.Net.Format(culture), PayoutWords.Mask(S, payout.DestinationMask)]),
            PayoutEvents.Failed => (
                S["{0}: your payout couldn't be paid", shop],
                S["{0} couldn't be paid to {1}, and is back in your wallet. Look whether the account is right, and ask again.", payout.Net.Format(culture), PayoutWords.Mask(S, payout.DestinationMask)] + reason),
            // nobody decided that
            _ when payout.Note is PayoutErrors.OwnerOwes or PayoutErrors.OwnerChanged => (
                S["{0}: your payout was called off", shop],
                S["Your payout of {0} was called off.", payout.Amount.Format(culture)] + reason),
            _ => (
                S["{0}: your payout was refused", shop],
                S["Your payout of {0} was refused, and the money is back in your wallet.", payout.Amount.Format(culture)] + reason),
        };
    }
}
