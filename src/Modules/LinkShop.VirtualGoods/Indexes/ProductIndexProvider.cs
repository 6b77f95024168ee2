using LinkShop.Catalogue;
using System.Text.Json;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using OrchardCore.ContentManagement;
using YesSql.Indexes;

namespace LinkShop.VirtualGoods.Indexes;

internal sealed class ProductIndexProvider : IndexProvider<ContentItem>
{
    public override void Describe(DescribeContext<ContentItem> context)
    {
        context.For<ProductIndex>()
            .When(item => item.Has<VirtualGoodsPart>())
            .Map(item => item.Published || item.Latest ? ToIndex(item, item.As<VirtualGoodsPart>()!) : null);
        context.For<SkuIndex>()
            .When(item => item.Has<VirtualGoodsPart>())
            .Map(item => item.Published || item.Latest
                ? item.As<VirtualGoodsPart>()!.Skus.Select(sku => new SkuIndex
                {
                    SkuId = sku.Id,
                    ContentItemId = item.ContentItemId,
                    Published = item.Published,
                    Latest = item.Latest,
                })
                : []);
    }

    private static ProductIndex ToIndex(ContentItem item, VirtualGoodsPart part)
    {
        var card = ProductCards.Describe(item, part);
        return new()
        {
            ContentItemId = item.ContentItemId,
            Published = item.Published,
            Latest = item.Latest,
            CategoryId = part.CategoryId,
            PriceFromMinor = card.PriceFromMinor,
            Featured = part.Featured,
            Position = part.Position,
            PublishedUtc = item.PublishedUtc ?? DateTime.UnixEpoch,
            SearchText = SearchTexts.For(item, part),
            Card = JsonSerializer.Serialize(card, ProductCards.Json),
        };
    }
}
