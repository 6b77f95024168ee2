using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Checkout.Services;

/// <summary>What a coupon can be narrowed down to, and whether what was chosen is there.</summary>
public sealed class CouponGoods(IOfferCatalog offers, TenantScope scope, IServiceProvider services)
{
    // more than anybody wants to tick; the rest is named by its code
    private const int Most = 300;

    /// <summary>The choices of the form. What the coupon has stays among them though it isn't sold any more, so that it can be taken off.</summary>
    /// <param name="form">The form.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<CouponChoices> ListAsync(CouponForm form, CancellationToken cancellationToken)
    {
        var culture = CultureInfo.CurrentUICulture;
        var onSale = await offers.OnSaleAsync(scope, Most + 1, cancellationToken);
        var goods = onSale.Take(Most).ToDictionary(o => o.SkuId, o => GoodsNames.Of(o.SnapshotJson, o.Title, o.Variant, culture), StringComparer.Ordinal);
        foreach (var sku in form.Skus.Where(sku => !goods.ContainsKey(sku)).ToList())
        {
            goods[sku] = await offers.GetAsync(scope, sku, cancellationToken) is { } offer ? GoodsNames.Of(offer.SnapshotJson, offer.Title, offer.Variant, culture) : sku;
        }

        var categories = (await CategoriesAsync()).ToDictionary(c => c.Id, c => c.TitleIn(culture.Name), StringComparer.Ordinal);
        foreach (var category in form.Categories)
        {
            categories.TryAdd(category, category);
        }

        return new CouponChoices(
            [.. goods.OrderBy(g => g.Value, StringComparer.CurrentCulture).Select(g => (g.Key, g.Value))], onSale.Count > Most,
            [.. categories.Select(c => (c.Key, c.Value))], [.. onSale.Select(o => o.Price.Currency).Append(form.Currency ?? "CNY").Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>What of a coupon's goods and categories doesn't exist: it would be a coupon for nothing.</summary>
    /// <param name="wanted">The coupon as it shall be.</param>
    /// <param name="before">As it is, whose goods may be gone meanwhile; null for a new one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<CommerceError>> MissingAsync(Commerce.Coupons.Coupon wanted, Commerce.Coupons.Coupon? before, CancellationToken cancellationToken)
    {
        var missing = new List<CommerceError>();
        var added = wanted.SkuIds.Except(before?.SkuIds ?? [], StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        if (added.Count > 0)
        {
            // what is ticked is on sale; the rest is looked up one by one
            added.ExceptWith((await offers.OnSaleAsync(scope, Most + 1, cancellationToken)).Select(o => o.SkuId));
        }

        foreach (var sku in added)
        {
            if (await offers.GetAsync(scope, sku, cancellationToken) is null)
            {
                missing.Add(new CommerceError(CommerceErrors.NotFound, sku, "skuIds"));
            }
        }

        var known = (await CategoriesAsync()).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        missing.AddRange(wanted.CategoryIds.Except(before?.CategoryIds ?? [], StringComparer.Ordinal).Where(id => !known.Contains(id)).Select(id => new CommerceError(CommerceErrors.NotFound, id, "categoryIds")));
        return missing;
    }

    // a site can sell without pages of its own for its goods
    private async Task<IReadOnlyList<CategoryInfo>> CategoriesAsync() => services.GetService<ICatalogue>() is { } catalogue ? await catalogue.CategoriesAsync() : [];
}
