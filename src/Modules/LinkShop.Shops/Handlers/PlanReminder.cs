using System.Globalization;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Settings;

namespace LinkShop.Shops.Handlers;

/// <summary>Tells a shop's owner by mail that the plan ends soon.</summary>
internal sealed class PlanReminder(
    IShops shops, IShopPlans plans, OwnerMail mail, ISiteService sites, ShopMessages messages, IStringLocalizer<PlanReminder> S) : IOutboxHandler
{
    public bool Handles(string type) => type == PlanEvents.Ending;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var ending = message.Read<PlanEnding>();
        // extended meanwhile, or nobody to tell
        if (await plans.StateAsync(PlatformTenant.Scope, ending.Shop, cancellationToken) is not { } state || state.Plan != ending.Plan || state.PlanUntil != ending.Until
            || await shops.FindAsync(PlatformTenant.Scope, ending.Shop, cancellationToken) is not { State: not ShopState.Closed, OwnerEmail.Length: > 0 } shop)
            return;
        var site = await sites.GetSiteSettingsAsync();
        await mail.SendAsync(() => new MailMessage
        {
            To = shop.OwnerEmail,
            Subject = S["{0}: the plan of {1} ends soon", site.SiteName, shop.Title],
            TextBody = S["The {0} of your shop {1} ends on {2}. Then it goes on without it: what is there stays, but nothing can be added above the limits, and the commission is the lower plan's. Extend it here:",
                messages.Plan(ending.Plan), shop.Title, LocalTime.In(site.TimeZoneId, ending.Until).ToString("D", CultureInfo.CurrentUICulture)] + $"\n\n{site.BaseUrl?.TrimEnd('/')}/plans?shop={shop.Slug}\n",
        });
    }
}
