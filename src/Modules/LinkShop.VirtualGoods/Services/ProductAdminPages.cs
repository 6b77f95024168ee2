using System.Text.Json;
using LinkShop.Catalogue;
using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.ViewModels;
using YesSql;
using YesSql.Services;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Lists products for the admin from the index: five queries at any number of products.</summary>
public sealed class ProductAdminPages(YesSql.ISession session, ICatalogue catalogue)
{
    private const int PageSize = 25;

    /// <summary>One page of the list, in the merchant's order.</summary>
    public async Task<ProductsViewModel> ListAsync(ProductFilter filter)
    {
        // what is on sale is its published version, also while a later one waits
        var found = filter.Status == "published" ? session.QueryIndex<ProductIndex>(index => index.Published) : session.QueryIndex<ProductIndex>(index => index.Latest);
        if (filter.Category is { Length: > 0 } category)
            found = found.Where(index => index.CategoryId == category);
        if (filter.Status == "draft")
            found = found.Where(index => !index.Published);
        foreach (var term in SearchTexts.Terms(filter.Q))
            found = found.Where(index => index.SearchText.Contains(term));
        var total = await found.CountAsync();
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        filter.Page = Math.Clamp(filter.Page, 1, pages);
        var rows = (await found.OrderBy(index => index.Position).ThenBy(index => index.Id)
            .Skip((filter.Page - 1) * PageSize).Take(PageSize).ListAsync()).ToList();
        var refused = await OfferProjector.RefusedAsync(session);
        return new(filter, await DescribeAsync(rows, refused), total, pages, await catalogue.CategoriesAsync()) { Refused = refused.Count };
    }

    private async Task<List<ProductRow>> DescribeAsync(List<ProductIndex> rows, IReadOnlyDictionary<string, string> refused)
    {
        var drafts = rows.Where(row => !row.Published).Select(row => row.ContentItemId).ToArray();
        var live = drafts.Length == 0
            ? []
            : (await session.QueryIndex<ProductIndex>(index => index.Published && index.ContentItemId.IsIn(drafts)).ListAsync())
                .Select(row => row.ContentItemId).ToHashSet(StringComparer.Ordinal);
        var cards = rows.ConvertAll(row => JsonSerializer.Deserialize<ProductCard>(row.Card, ProductCards.Json)!);
        var stock = await catalogue.StockAsync([.. cards.SelectMany(card => card.Skus)]);
        return [.. rows.Zip(cards, (row, card) => new ProductRow(card, row.Published || live.Contains(row.ContentItemId), !row.Published || !row.Latest, Left(card, stock), refused.ContainsKey(row.ContentItemId)))];
    }

    private static int? Left(ProductCard card, IReadOnlyDictionary<string, int?> stock)
    {
        var sum = 0;
        foreach (var sku in card.Skus)
        {
            if (!stock.TryGetValue(sku, out var left))
                continue;
            if (left is null)
                return null;
            sum += left.Value;
        }

        return sum;
    }
}
