using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Media;
using OrchardCore.Settings;

namespace LinkShop.Referrals.Services;

/// <summary>Makes what is shown of a link: on its poster and card, in the promoter's list.</summary>
public sealed class SharedThings(
    IOfferCatalog offers, ISiteService sites, IMediaFileStore media, IServiceProvider services, IHttpContextAccessor http, TenantScope scope, IStringLocalizer<SharedThings> localizer)
{
    // a tenant without a brand of its own looks like the theme
    private static readonly ShopStyle s_plain = new("#2f55e8", "#ffffff", "");

    private readonly IStringLocalizer S = localizer;

    /// <summary>Goods in the reader's language; null when they can't be shown any more.</summary>
    public async Task<SharedGoods?> GoodsAsync(string productId, CancellationToken cancellationToken) =>
        SharedGoods.Of(await offers.GetProductAsync(scope, productId, cancellationToken), CultureInfo.CurrentUICulture);

    /// <summary>What is shown of a link.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="code">Its share code, or null.</param>
    /// <param name="goods">The goods that it shares; null for the shop as a whole.</param>
    public async Task<SharedThing> ShowAsync(string id, string? code, SharedGoods? goods)
    {
        var site = await sites.GetSiteSettingsAsync();
        var look = services.GetService<IShopStyle>() is { } brand ? await brand.GetAsync() : s_plain;
        var request = http.HttpContext!.Request;
        var title = goods?.Title ?? site.SiteName;
        var price = goods?.Price.Format(CultureInfo.CurrentUICulture);
        return new SharedThing
        {
            Id = id,
            Code = code,
            Address = $"{request.Scheme}://{request.Host}{request.PathBase}/r/{id}",
            Target = $"{request.PathBase}/{goods?.Path}",
            Brand = site.SiteName,
            Title = title,
            PriceText = price is null ? null : goods!.SeveralPrices ? S["{0} and up", price] : price,
            Currency = goods?.Price.Currency,
            Picture = goods?.Picture,
            PictureUrl = goods?.Picture is { } picture ? media.MapPathToPublicUrl(picture) : null,
            Phrase = code is null ? null : S["{0} at {1}: copy #{2}# and paste it into the shop's search box, or enter it at checkout. (Ad: I may earn a commission.)", title, site.SiteName, code].Value,
            Disclosure = Disclosure(site.SiteName),
            StyleSheet = look.StyleSheet.Length > 0 ? look.StyleSheet : null,
            Colours = (look.Fill, look.OnFill),
        };
    }

    /// <summary>What everybody is told who follows a link.</summary>
    public string Disclosure(string shop) => S["Promotion: who shared this may earn a commission from {0} if you buy. You don't pay more because of it.", shop];
}
