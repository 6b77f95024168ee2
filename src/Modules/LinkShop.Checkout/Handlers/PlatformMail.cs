using LinkShop.Checkout.Services;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Refunds;
using LinkShop.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.Email;
using OrchardCore.Environment.Shell;
using OrchardCore.Localization;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Handlers;

/// <summary>In a shop that has a platform above it: hands on to the platform what waits for its people. The shop's own people are told that it does by <see cref="ShopMailHandler"/>.</summary>
internal sealed class PlatformMail(IEnumerable<PlatformApproves> platform, ISiteService sites, IShellHost host) : IOutboxHandler
{
    public bool Handles(string type) => type is PayoutEvents.Requested or RefundEvents.Escalated or ReferralEvents.CaseAppealed && platform.Any();

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        if (host.TryGetSettings(ShellSettings.DefaultShellName, out var settings))
            await (await host.GetScopeAsync(settings)).UsingAsync(scope => scope.ServiceProvider.GetService<WaitingMail>()?.SendAsync(shop, message.Type, cancellationToken) ?? Task.CompletedTask);
    }
}

/// <summary>On the platform: tells its people that something of a shop waits for them.</summary>
internal sealed class WaitingMail(
    MailDelivery mail, StaffMail staff, ISiteService sites, TenantAddress address, ILocalizationService localization, IOptions<AdminOptions> admin, IStringLocalizer<WaitingMail> S)
{
    /// <summary>Sends it, if anybody wants such mails.</summary>
    /// <param name="shop">The shop's name.</param>
    /// <param name="type">What happened there: <see cref="PayoutEvents.Requested"/>, <see cref="RefundEvents.Escalated"/> or <see cref="ReferralEvents.CaseAppealed"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SendAsync(string shop, string type, CancellationToken cancellationToken)
    {
        if (await staff.ToAsync(cancellationToken) is not { Length: > 0 } to)
            return;
        var (site, link) = ((await sites.GetSiteSettingsAsync()).SiteName, $"{await address.RootAsync()}/{admin.Value.AdminUrlPrefix}/ShopWaiting/Index");
        await mail.SendAsync(await localization.GetDefaultCultureAsync(), () =>
        {
            var (subject, text) = type switch
            {
                RefundEvents.Escalated => (S["{0}: a refund in the shop {1} waits for a decision", site, shop], S["A buyer of the shop {0} wants money back, and the platform is to decide. Hear the shop and look at the order first:", shop]),
                ReferralEvents.CaseAppealed => (S["{0}: a promoter of the shop {1} appeals", site, shop], S["A promoter of the shop {0} asks for another look at a decision. Somebody who didn't decide the case decides the appeal; where the shop has nobody else, that is you:", shop]),
                _ => (S["{0}: a payout of the shop {1} waits for approval", site, shop], S["The shop {0} asks for a payout. Its amount is set aside until somebody of the platform approves or rejects it:", shop]),
            };
            return Task.FromResult(new MailMessage { To = to, Subject = subject, TextBody = $"{text}\n\n{link}\n" });
        });
    }
}
