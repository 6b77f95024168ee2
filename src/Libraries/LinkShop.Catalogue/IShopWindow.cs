namespace LinkShop.Catalogue;

/// <summary>Products and categories as pages show them: in the visitor's language, with addresses, prices and stock.</summary>
public interface IShopWindow
{
    /// <summary>Cards for products; one query for the stock of all of them.</summary>
    Task<IReadOnlyList<CardView>> CardsAsync(IReadOnlyList<ProductCard> products);

    /// <summary>All categories in order.</summary>
    Task<IReadOnlyList<CategoryView>> CategoriesAsync();

    /// <summary>Fills a page that lists products by its filters.</summary>
    /// <param name="model">Has the filters; gets the rest.</param>
    /// <param name="categoryId">The category that the page is of; null for a choice by the filters.</param>
    Task FillAsync(ProductListingViewModel model, string? categoryId);
}
