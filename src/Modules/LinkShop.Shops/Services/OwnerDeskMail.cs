using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Models;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Shops.Services;

/// <summary>Mails about a shop's work go to its owner's account, or where its owner wants them. Who that is, the register says at this moment.</summary>
internal sealed class OwnerDeskMail(IShops shops, ISiteService sites, ShellSettings shell) : IDeskMail
{
    public async ValueTask<DeskMail> GetAsync(CancellationToken cancellationToken = default)
    {
        if (await shops.FindAsync(PlatformTenant.Scope, shell.Name, cancellationToken) is not { } shop)
            return new DeskMail(null, null);
        var chosen = (await sites.GetSiteSettingsAsync()).As<ShopMails>();
        return new DeskMail(chosen.OwnerId == shop.OwnerUser ? chosen.Addresses : null, shop.OwnerEmail);
    }
}
