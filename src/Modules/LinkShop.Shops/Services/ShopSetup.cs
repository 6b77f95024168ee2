using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardCore.Settings;
using OrchardCore.Setup.Events;
using OrchardCore.Setup.Services;

namespace LinkShop.Shops.Services;

/// <summary>What the platform hands to a shop that is being set up, under its own name among the set-up's properties.</summary>
/// <param name="Brand">The look; its pictures come here.</param>
/// <param name="Shop">The shop as the register has it.</param>
/// <param name="Logo">The logo, or null.</param>
/// <param name="Banner">The banner, or null.</param>
public sealed record ShopSetup(ShopBrand Brand, ShopInfo Shop, Picture? Logo, Picture? Banner);

/// <summary>Gives a new shop its look, its owner and the commission of its plan. May run again.</summary>
internal sealed class ShopSetupHandler(ISiteService sites, IMediaFileStore media, PlanFees fees) : ISetupEventHandler
{
    public async Task SetupAsync(SetupContext context)
    {
        if (!context.Properties.TryGetValue(nameof(ShopSetup), out var given) || given is not ShopSetup setup)
            return;
        var site = await sites.LoadSiteSettingsAsync();
        var brand = setup.Brand.Copy();
        try
        {
            brand.Logo = await BrandPictures.StoreAsync(media, "logo", setup.Logo);
            brand.Banner = await BrandPictures.StoreAsync(media, "banner", setup.Banner);
        }
        catch (FileStoreException e)
        {
            context.Errors["Logo"] = e.Message;
            return;
        }

        brand.Stamp = Stamps.New();
        OrchardCore.Entities.EntityExtensions.Put(site, brand);
        OrchardCore.Entities.EntityExtensions.Put(site, new ShopStatus { OwnerId = setup.Shop.OwnerUser, Plan = setup.Shop.Plan });
        await sites.UpdateSiteSettingsAsync(site);
        await fees.FollowAsync(setup.Shop);
    }
}
