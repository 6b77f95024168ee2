using OrchardCore.ContentManagement;

namespace LinkShop.VirtualGoods.Models;

/// <summary>What makes a content item a product: where it stands in the shop, its texts, pictures and variants.</summary>
public class VirtualGoodsPart : ContentPart
{
    /// <summary>Content item id of the category; empty for none.</summary>
    public string CategoryId { get; set; } = "";

    /// <summary>User id of the merchant who earns by it; empty for the shop itself.</summary>
    public string MerchantId { get; set; } = "";

    public string Summary { get; set; } = "";

    /// <summary>ISO 4217 code that all prices of the product are in.</summary>
    public string Currency { get; set; } = "CNY";

    /// <summary>Paths in the media store, the first one is the main picture.</summary>
    public List<string> Pictures { get; set; } = [];

    /// <summary>Shown on the home page.</summary>
    public bool Featured { get; set; }

    /// <summary>Order within lists, ascending.</summary>
    public int Position { get; set; }

    /// <summary>Texts by culture; the item's own texts are the shop's default language.</summary>
    public Dictionary<string, LocalizedText> Translations { get; set; } = [];

    public List<SkuDefinition> Skus { get; set; } = [];

    public List<BuyerFieldDefinition> BuyerFields { get; set; } = [];
}

/// <summary>Makes a content item a category of products.</summary>
public class CategoryPart : ContentPart
{
    /// <summary>Name of a Bootstrap icon.</summary>
    public string Icon { get; set; } = "tag";

    public int Position { get; set; }

    /// <summary>Titles by culture.</summary>
    public Dictionary<string, string> Titles { get; set; } = [];
}
