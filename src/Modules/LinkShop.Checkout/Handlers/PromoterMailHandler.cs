using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Referrals;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Localization;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>Tells a promoter that rewards of theirs are on hold, and what was decided, in the language they joined in. Each thing once; the reasons are behind the sign-in.</summary>
internal sealed class PromoterMailHandler(
    IReferralNotices notices, AccountMail accounts, MailDelivery mail, ISiteService sites, TenantAddress address, ILocalizationService localization, IStringLocalizer<PromoterMailHandler> S, TenantScope scope) : IOutboxHandler
{
    public bool Handles(string type) => type is ReferralEvents.CaseOpened or ReferralEvents.CaseDecided;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var about = message.Read<ReferralEvent>();
        var kind = message.Type == ReferralEvents.CaseOpened ? ReferralNoticeKind.Opened : about.Appeal ? ReferralNoticeKind.Appeal : ReferralNoticeKind.Decided;
        if (about.CaseId is not { } id || await notices.FindAsync(scope, id, kind, cancellationToken) is not { } notice
            || await accounts.ToAsync(notice.Promoter) is not { } to)
        {
            return;
        }

        var culture = notice.Culture.Length > 0 ? notice.Culture : await localization.GetDefaultCultureAsync();
        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        var link = $"{await address.RootAsync()}/account/promote";
        await mail.SendAsync(culture, () =>
        {
            var (subject, text) = Write(notice, shop);
            return Task.FromResult(new MailMessage { To = to, Subject = subject, TextBody = $"{text}\n\n{link}\n" });
        });
        await notices.ToldAsync(scope, notice);
    }

    private (string Subject, string Text) Write(ReferralNotice notice, string shop) => (notice.Kind, notice.ForPromoter, notice.OrderNumber) switch
    {
        (ReferralNoticeKind.Opened, _, { } number) => (
            S["{0}: the reward of order {1} is on hold", shop, number],
            S["{0} is looking at order {1}, which came by you. Its reward waits until a person has decided; your other rewards go on. What it is about is on your desk:", shop, number]),
        (ReferralNoticeKind.Opened, _, _) => (
            S["{0}: your rewards are on hold", shop],
            S["{0} is looking at your promotion. Until a person has decided, what is pending waits and new orders aren't yours; what was available stays available. What it is about is on your desk:", shop]),
        (ReferralNoticeKind.Decided, true, _) => (
            S["{0}: your promotion was looked at, and nothing was wrong", shop],
            S["Nothing was wrong. What waited because of it goes on, unless something else is still being looked at. The decision is on your desk:"]),
        (ReferralNoticeKind.Decided, _, { } number) => (
            S["{0}: the reward of order {1} went back", shop, number],
            S["It was decided against you. What was still pending of order {0} went back. Why is on your desk; there you may appeal once, within {1} days, and somebody else decides:", number, Days]),
        (ReferralNoticeKind.Decided, _, _) => (
            S["{0}: a decision about your promotion", shop],
            S["It was decided against you. Rewards that were still pending went back, as far as it is about them. Why is on your desk; there you may appeal once, within {0} days, and somebody else decides:", Days]),
        (_, true, _) => (
            S["{0}: your appeal was right", shop],
            S["The decision is undone. What went back because of it is yours again, as far as the orders are still paid. The answer is on your desk:"]),
        _ => (
            S["{0}: your appeal was decided", shop],
            S["The decision stands, and this was the last look at it. The answer is on your desk:"]),
    };

    private static int Days => (int)ReferralCase.AppealWithin.TotalDays;
}
