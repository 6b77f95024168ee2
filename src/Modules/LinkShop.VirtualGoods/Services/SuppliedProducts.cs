using LinkShop.Catalogue;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Resale;
using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.Title.Models;
using YesSql;
using YesSql.Services;

namespace LinkShop.VirtualGoods.Services;

/// <inheritdoc/>
internal sealed class SuppliedProducts(YesSql.ISession session, IContentManager contentManager, ICatalogue catalogue) : ISuppliedProducts
{
    public async Task<(string? ProductId, IReadOnlyList<string> Errors)> PublishAsync(SuppliedProduct product, string? owner, string? author)
    {
        if (await session.QueryIndex<SkuIndex>(index => index.SkuId == product.SkuId && index.Latest).FirstOrDefaultAsync() is { } known)
            return (known.ContentItemId, []);
        var categories = await catalogue.CategoriesAsync();
        var item = await contentManager.NewAsync("Product");
        (item.Owner, item.Author, item.DisplayText) = (owner, author, product.Title);
        item.Alter<TitlePart>(title => title.Title = product.Title);
        item.Alter<AutoroutePart>(route => route.Path = "goods/" + product.SkuId.ToLowerInvariant());
        item.Alter<VirtualGoodsPart>(goods =>
        {
            goods.CategoryId = categories.Count > 0 ? categories[0].Id : "";
            goods.Currency = product.Currency;
            goods.Skus =
            [
                new SkuDefinition
                {
                    Id = product.SkuId,
                    Name = product.Variant,
                    PriceMinor = product.PriceMinor,
                    Delivery = DeliveryKind.Supplied,
                    Supply = new SupplyReference(product.Upstream, product.OfferId, product.Listing),
                },
            ];
        });
        var result = await contentManager.UpdateValidateAndCreateAsync(item, VersionOptions.Draft);
        if (!result.Succeeded)
        {
            await session.CancelAsync();
            return (null, [.. result.Errors.Select(error => error.ErrorMessage ?? "")]);
        }

        await contentManager.PublishAsync(item);
        return (item.ContentItemId, []);
    }
}
