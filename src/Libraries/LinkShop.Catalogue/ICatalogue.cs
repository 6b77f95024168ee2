namespace LinkShop.Catalogue;

/// <summary>How a list is ordered.</summary>
public enum ProductSort
{
    /// <summary>As the merchant arranged it.</summary>
    Position,

    Newest,

    PriceUp,

    PriceDown,
}

/// <summary>What a list shows.</summary>
/// <param name="CategoryId">Only this category; null for all.</param>
/// <param name="Search">Words to find; null for all.</param>
/// <param name="Featured">Only products of the home page.</param>
/// <param name="Sort">The order.</param>
/// <param name="PriceMinMinor">Least price; null for any.</param>
/// <param name="PriceMaxMinor">Highest price; null for any.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
public sealed record ProductQuery(
    string? CategoryId = null,
    string? Search = null,
    bool Featured = false,
    ProductSort Sort = ProductSort.Position,
    int Page = 1,
    int PageSize = 24,
    long? PriceMinMinor = null,
    long? PriceMaxMinor = null);

/// <summary>A page of a list.</summary>
/// <param name="Items">Its products.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record ProductList(IReadOnlyList<ProductCard> Items, int Total);

/// <summary>A category as pages show it.</summary>
/// <param name="Id">Content item id.</param>
/// <param name="Path">Address within the tenant, without leading slash.</param>
/// <param name="Title">Title in the shop's default language.</param>
/// <param name="Titles">Titles by culture.</param>
/// <param name="Icon">Name of a Bootstrap icon.</param>
public sealed record CategoryInfo(string Id, string Path, string Title, IReadOnlyDictionary<string, string> Titles, string Icon)
{
    public string TitleIn(string culture) => Cultures.Pick(Titles, culture) ?? Title;
}

/// <summary>The published products and categories of the tenant.</summary>
public interface ICatalogue
{
    /// <summary>Lists products; one or two index queries and no documents, at any number of products.</summary>
    Task<ProductList> ListAsync(ProductQuery query);

    /// <summary>Products by id, one index query; those that aren't published are left out.</summary>
    Task<IReadOnlyList<ProductCard>> FindAsync(IReadOnlyCollection<string> productIds);

    /// <summary>All categories in order; cached.</summary>
    Task<IReadOnlyList<CategoryInfo>> CategoriesAsync();

    /// <summary>Units left by variant (null means without limit), at most a second old; variants that can't be sold are left out.</summary>
    Task<IReadOnlyDictionary<string, int?>> StockAsync(IReadOnlyCollection<string> skuIds);
}
