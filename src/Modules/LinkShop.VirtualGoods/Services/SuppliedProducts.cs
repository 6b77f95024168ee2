using LinkShop.Catalogue;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Resale;
using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.FileStorage;
using OrchardCore.Markdown.Models;
using OrchardCore.Media;
using OrchardCore.Title.Models;
using YesSql;
using YesSql.Services;

namespace LinkShop.VirtualGoods.Services;

/// <inheritdoc/>
internal sealed class SuppliedProducts(YesSql.ISession session, IContentManager contentManager, ICatalogue catalogue, SupplierGoods suppliers, IMediaFileStore media) : ISuppliedProducts
{
    public async Task<SuppliedPublication> PublishAsync(SuppliedProduct product, string? owner, string? author)
    {
        if (await session.QueryIndex<SkuIndex>(index => index.SkuId == product.SkuId && index.Latest).FirstOrDefaultAsync() is { } known)
            return await AgainAsync(known.ContentItemId, product);
        var categories = await catalogue.CategoriesAsync();
        var supplied = await suppliers.ReadAsync(product.Upstream, product.UpstreamSku);
        var (pictures, without) = await StoreAsync(product.SkuId, supplied?.Pictures ?? []);
        var item = await contentManager.NewAsync("Product");
        (item.Owner, item.Author, item.DisplayText) = (owner, author, product.Title);
        item.Alter<TitlePart>(title => title.Title = product.Title);
        item.Alter<AutoroutePart>(route => route.Path = "goods/" + product.SkuId.ToLowerInvariant());
        item.Alter<MarkdownBodyPart>(body => body.Markdown = supplied?.Body ?? "");
        item.Alter<VirtualGoodsPart>(goods =>
        {
            goods.Summary = supplied?.Summary ?? "";
            goods.Translations = supplied?.TranslationsUnder(product.Title) ?? [];
            goods.Pictures = pictures;
            goods.CategoryId = categories.Count > 0 ? categories[0].Id : "";
            goods.Currency = product.Currency;
            goods.Skus =
            [
                new SkuDefinition
                {
                    Id = product.SkuId,
                    Name = product.Variant,
                    Names = supplied?.VariantNames ?? [],
                    PriceMinor = product.PriceMinor,
                    MinPerOrder = supplied?.PerOrder?.Least ?? 1,
                    MaxPerOrder = supplied?.PerOrder?.Most ?? 100,
                    Delivery = DeliveryKind.Supplied,
                    Supply = new SupplyReference(product.Upstream, product.OfferId, product.Listing),
                },
            ];
        });
        var result = await contentManager.UpdateValidateAndCreateAsync(item, VersionOptions.Draft);
        if (!result.Succeeded)
        {
            await session.CancelAsync();
            return new(null, [.. result.Errors.Select(error => error.ErrorMessage ?? "")]);
        }

        await contentManager.PublishAsync(item);
        return new(item.ContentItemId, [], without);
    }

    /// <summary>A product that was taken off is on sale again at the new price, with its own texts. One that is on sale stays as it is: the form was sent twice.</summary>
    private async Task<SuppliedPublication> AgainAsync(string id, SuppliedProduct product)
    {
        if (await contentManager.GetAsync(id, VersionOptions.Latest) is not { } known || (known.Published && known.As<VirtualGoodsPart>()?.Skus.Find(s => s.Id == product.SkuId)?.OnSale is true))
            return new(id, []);
        var item = (await contentManager.GetAsync(id, VersionOptions.DraftRequired))!;
        item.Alter<VirtualGoodsPart>(goods =>
        {
            foreach (var sku in goods.Skus.Where(s => s.Id == product.SkuId))
                (sku.PriceMinor, sku.OnSale) = (product.PriceMinor, true);
        });
        await contentManager.UpdateAsync(item);
        var result = await contentManager.ValidateAsync(item);
        if (!result.Succeeded)
        {
            await session.CancelAsync();
            return new(null, [.. result.Errors.Select(error => error.ErrorMessage ?? "")]);
        }

        await contentManager.PublishAsync(item);
        return new(id, []);
    }

    // without room for them the goods are sold all the same
    private async Task<(List<string> Paths, string? Without)> StoreAsync(string sku, IReadOnlyList<(string Extension, byte[] File)> pictures)
    {
        var paths = new List<string>(pictures.Count);
        try
        {
            foreach (var (extension, file) in pictures)
            {
                using var stream = new MemoryStream(file, writable: false);
                paths.Add(await media.CreateFileFromStreamAsync($"goods/{sku.ToLowerInvariant()}{(paths.Count == 0 ? "" : $"-{paths.Count + 1}")}{extension}", stream, overwrite: true));
            }
        }
        catch (FileStoreException refused)
        {
            return (paths, refused.Message);
        }

        return (paths, null);
    }
}
