using LinkShop.Catalogue;
using LinkShop.VirtualGoods.Services;

namespace LinkShop.Web.Tests.Goods;

public sealed class PriceFilterTests
{
    [Theory]
    [InlineData("CNY", 4020, 6000)]
    [InlineData("JPY", 40, 60)]
    [InlineData("KWD", 40200, 60000)]
    [InlineData(null, 4020, 6000)]
    public async Task A_price_means_the_currency_of_the_goods(string? currency, long least, long most)
    {
        var catalogue = new Shelf(currency);
        var window = new ShopWindow(catalogue, null!, null!, null!);
        await window.FillAsync(new ProductListingViewModel { Filters = new ListingFilters { Min = 40.2m, Max = 60m } }, "category");
        Assert.Equal(((long?)least, (long?)most), (catalogue.Asked[^1].PriceMinMinor, catalogue.Asked[^1].PriceMaxMinor));
        Assert.All(catalogue.Asked, query => Assert.Equal("category", query.CategoryId));
    }

    /// <summary>Has one product, which no filter by price lets through.</summary>
    private sealed class Shelf(string? currency) : ICatalogue
    {
        public List<ProductQuery> Asked { get; } = [];

        public Task<ProductList> ListAsync(ProductQuery query)
        {
            Asked.Add(query);
            var none = currency is null || query.PriceMinMinor is not null;
            return Task.FromResult(none ? new ProductList([], 0) : new ProductList([new("p", "p", "category", Names, Names, null, currency!, 5000, false, null, false, false, [])], 1));
        }

        public Task<IReadOnlyList<ProductCard>> FindAsync(IReadOnlyCollection<string> productIds) => throw new InvalidOperationException();

        public Task<IReadOnlyList<CategoryInfo>> CategoriesAsync() => throw new InvalidOperationException();

        public Task<IReadOnlyDictionary<string, int?>> StockAsync(IReadOnlyCollection<string> skuIds) => Task.FromResult<IReadOnlyDictionary<string, int?>>(new Dictionary<string, int?>());

        private static Dictionary<string, string> Names { get; } = [];
    }
}
