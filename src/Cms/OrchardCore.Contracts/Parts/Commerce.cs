using OrchardCore.ContentManagement;

namespace OrchardCore.Commerce.Models;

/// <summary>Makes a content item a product.</summary>
public class ProductPart : ContentPart
{
    /// <summary>The stock keeping unit: the product's unique short name.</summary>
    public string Sku { get; set; } = "";
}
