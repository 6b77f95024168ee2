using LinkShop.Catalogue;
using LinkShop.Shops.Models;
using OrchardCore.Settings;

namespace LinkShop.Shops.Services;

/// <summary>The brand for what others draw: posters and cards.</summary>
internal sealed class BrandLook(ISiteService sites) : IShopStyle
{
    public async ValueTask<ShopStyle> GetAsync()
    {
        var brand = (await sites.GetSiteSettingsAsync()).As<ShopBrand>();
        var colours = BrandColors.Light(brand);
        return new(colours.Fill.ToString(), colours.OnFill.ToString(), $"brand.css?v={brand.Stamp}", brand.Banner ?? brand.Logo);
    }
}
