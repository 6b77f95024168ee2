using LinkShop.Catalogue;
using System.Text.Json;
using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using YesSql;
using YesSql.Services;

namespace LinkShop.VirtualGoods.Services;

internal sealed class Catalogue(YesSql.ISession session, TenantCache cache, StockDisplay stock) : ICatalogue
{
    /// <summary>The signal that products or categories were published or withdrawn.</summary>
    public const string Changed = "LinkShop.Catalogue";

    private const string CategoriesKey = "categories";
    private const int KeptPages = 3;
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(10);

    public async Task<ProductList> ListAsync(ProductQuery query)
    {
        // what visitors make up (words, prices, far pages, categories that don't exist) would fill the memory
        var isUsual = query is { Search: null or "", PriceMinMinor: null, PriceMaxMinor: null, Page: <= KeptPages }
            && (query.CategoryId is null || (await CategoriesAsync()).Any(category => category.Id == query.CategoryId));
        return isUsual
            ? await cache.GetAsync($"list:{query.CategoryId}:{query.Featured}:{query.Sort}:{query.Page}:{query.PageSize}", s_age, Changed, () => FindAsync(query))
            : await FindAsync(query);
    }

    public async Task<IReadOnlyList<ProductCard>> FindAsync(IReadOnlyCollection<string> productIds)
    {
        if (productIds.Count == 0)
            return [];
        var asked = productIds.ToArray();
        return [.. (await session.QueryIndex<ProductIndex>(index => index.Published && index.ContentItemId.IsIn(asked)).ListAsync()).Select(ToCard)];
    }

    private async Task<ProductList> FindAsync(ProductQuery query)
    {
        var size = Math.Clamp(query.PageSize, 1, 100);
        var terms = SearchTexts.Terms(query.Search);
        var found = Filtered(query);
        foreach (var term in terms)
            found = found.Where(index => index.SearchText.Contains(term));
        var total = await found.CountAsync();
        if (total == 0 && SearchTexts.Bigrams(terms) is { Count: > 0 } pairs)
            return await SimilarAsync(query, pairs, size);
        var rows = await Sorted(found, query.Sort).Skip((Math.Max(1, query.Page) - 1) * size).Take(size).ListAsync();
        return new([.. rows.Select(ToCard)], total);
    }

    public async Task<IReadOnlyList<CategoryInfo>> CategoriesAsync() => await cache.GetAsync(CategoriesKey, s_age, Changed, async () =>
    {
        var items = await session.Query<ContentItem, ContentItemIndex>(index => index.ContentType == "Category" && index.Published).ListAsync();
        return (IReadOnlyList<CategoryInfo>)[.. items.Select(item => (item, part: item.As<CategoryPart>() ?? new CategoryPart()))
            .OrderBy(pair => pair.part.Position).ThenBy(pair => pair.item.DisplayText, StringComparer.Ordinal)
            .Select(pair => new CategoryInfo(pair.item.ContentItemId, pair.item.As<AutoroutePart>()?.Path ?? "", pair.item.DisplayText ?? "", pair.part.Titles, pair.part.Icon))];
    });

    public Task<IReadOnlyDictionary<string, int?>> StockAsync(IReadOnlyCollection<string> skuIds) => stock.GetAsync(skuIds);

    // what was typed occurs nowhere: the products that share most pairs of characters with it
    private async Task<ProductList> SimilarAsync(ProductQuery query, IReadOnlyList<string> pairs, int size)
    {
        var shared = new Dictionary<string, (ProductIndex Row, int Pairs)>();
        foreach (var pair in pairs)
        {
            foreach (var row in await Filtered(query).Where(index => index.SearchText.Contains(pair)).Take(100).ListAsync())
                shared[row.ContentItemId] = (row, shared.GetValueOrDefault(row.ContentItemId).Pairs + 1);
        }

        var best = shared.Values.Where(found => found.Pairs * 2 >= pairs.Count).OrderByDescending(found => found.Pairs).ThenBy(found => found.Row.Position).ToList();
        return new([.. best.Skip((Math.Max(1, query.Page) - 1) * size).Take(size).Select(found => ToCard(found.Row))], best.Count);
    }

    private IQueryIndex<ProductIndex> Filtered(ProductQuery query)
    {
        var found = session.QueryIndex<ProductIndex>(index => index.Published);
        if (query.CategoryId is { } category)
            found = found.Where(index => index.CategoryId == category);
        if (query.PriceMinMinor is { } least)
            found = found.Where(index => index.PriceFromMinor >= least);
        if (query.PriceMaxMinor is { } most)
            found = found.Where(index => index.PriceFromMinor <= most);
        return query.Featured ? found.Where(index => index.Featured) : found;
    }

    private static IQueryIndex<ProductIndex> Sorted(IQueryIndex<ProductIndex> found, ProductSort sort) => sort switch
    {
        ProductSort.Newest => found.OrderByDescending(index => index.PublishedUtc).ThenBy(index => index.Id),
        ProductSort.PriceUp => found.OrderBy(index => index.PriceFromMinor).ThenBy(index => index.Id),
        ProductSort.PriceDown => found.OrderByDescending(index => index.PriceFromMinor).ThenBy(index => index.Id),
        _ => found.OrderBy(index => index.Position).ThenBy(index => index.Id),
    };

    private static ProductCard ToCard(ProductIndex row) => JsonSerializer.Deserialize<ProductCard>(row.Card, ProductCards.Json)!;
}
