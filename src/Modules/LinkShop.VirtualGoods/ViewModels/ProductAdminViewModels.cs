using LinkShop.Catalogue;

namespace LinkShop.VirtualGoods.ViewModels;

/// <summary>What the list of products shows.</summary>
public sealed class ProductFilter
{
    /// <summary>Words of the title or a variant.</summary>
    public string? Q { get; set; }

    /// <summary>A category's content item id.</summary>
    public string? Category { get; set; }

    /// <summary><c>published</c>, <c>draft</c> or empty.</summary>
    public string? Status { get; set; }

    /// <summary>From 1.</summary>
    public int Page { get; set; } = 1;

    public bool IsEmpty => string.IsNullOrWhiteSpace(Q) && string.IsNullOrEmpty(Category) && string.IsNullOrEmpty(Status);
}

/// <summary>A product in the list of the admin.</summary>
/// <param name="Card">Title, picture, prices and variants.</param>
/// <param name="OnSale">Whether a version of it is published.</param>
/// <param name="HasDraft">Whether changes wait for publication.</param>
/// <param name="Left">Units left over all variants; null means without limit.</param>
/// <param name="Refused">Whether the checkout refused what was published last.</param>
public sealed record ProductRow(ProductCard Card, bool OnSale, bool HasDraft, int? Left, bool Refused);

/// <summary>The list of products.</summary>
public sealed record ProductsViewModel(
    ProductFilter Filter, IReadOnlyList<ProductRow> Rows, int Total, int Pages, IReadOnlyList<CategoryInfo> Categories)
{
    /// <summary>How many products the checkout doesn't sell as they are published.</summary>
    public int Refused { get; init; }
}
