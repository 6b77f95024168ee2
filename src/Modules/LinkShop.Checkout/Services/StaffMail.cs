using LinkShop.Checkout.Models;
using LinkShop.Http;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Services;

/// <summary>Where mails to the shop's own people go: what they chose, what the checkout's settings say, or where they go when nobody chose.</summary>
internal sealed class StaffMail(IEnumerable<IDeskMail> desks, ISiteService sites)
{
    /// <summary>The addresses, separated by commas; null when nobody wants any.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<string?> ToAsync(CancellationToken cancellationToken)
    {
        var setting = (await sites.GetSiteSettingsAsync()).As<CheckoutSettings>().ShopMail;
        var desk = desks.LastOrDefault() is { } known ? await known.GetAsync(cancellationToken) : null;
        return desk?.Chosen ?? (string.IsNullOrWhiteSpace(setting) ? desk?.Default : setting);
    }
}
