using LinkShop.Checkout.Services;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payouts;
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

/// <summary>In a shop whose payouts the platform approves: hands on to the platform that one waits. The shop's own people are told that it does by <see cref="ShopMailHandler"/>.</summary>
internal sealed class PlatformPayoutMail(IEnumerable<PlatformApproves> platform, ISiteService sites, IShellHost host) : IOutboxHandler
{
    public bool Handles(string type) => type == PayoutEvents.Requested && platform.Any();

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        if (host.TryGetSettings(ShellSettings.DefaultShellName, out var settings))
            await (await host.GetScopeAsync(settings)).UsingAsync(scope => scope.ServiceProvider.GetService<WaitingPayoutMail>()?.SendAsync(shop, cancellationToken) ?? Task.CompletedTask);
    }
}

/// <summary>On the platform: tells its people that a shop's payout waits for them.</summary>
internal sealed class WaitingPayoutMail(
    MailDelivery mail, StaffMail staff, ISiteService sites, TenantAddress address, ILocalizationService localization, IOptions<AdminOptions> admin, IStringLocalizer<WaitingPayoutMail> S)
{
    /// <summary>Sends it, if anybody wants such mails.</summary>
    /// <param name="shop">The shop's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SendAsync(string shop, CancellationToken cancellationToken)
    {
        if (await staff.ToAsync(cancellationToken) is not { Length: > 0 } to)
            return;
        var (site, link) = ((await sites.GetSiteSettingsAsync()).SiteName, $"{await address.RootAsync()}/{admin.Value.AdminUrlPrefix}/ShopWaiting/Index");
        await mail.SendAsync(await localization.GetDefaultCultureAsync(), () => Task.FromResult(new MailMessage
        {
            To = to,
            Subject = S["{0}: a payout of the shop {1} waits for approval", site, shop],
            TextBody = $"{S["The shop {0} asks for a payout. Its amount is set aside until somebody of the platform approves or rejects it:", shop]}\n\n{link}\n",
        }));
    }
}
