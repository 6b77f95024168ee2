using LinkShop.Catalogue;

namespace LinkShop.Storefront.ViewModels;

public class HomeViewModel
{
    public IReadOnlyList<CategoryView> Categories { get; set; } = [];

    public IReadOnlyList<CardView> Featured { get; set; } = [];

    public IReadOnlyList<CardView> Newest { get; set; } = [];
}
