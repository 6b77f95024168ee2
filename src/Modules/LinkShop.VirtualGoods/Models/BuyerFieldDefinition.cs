using LinkShop.Commerce.Offers;

namespace LinkShop.VirtualGoods.Models;

/// <summary>Something buyers of the product must or may tell.</summary>
public sealed class BuyerFieldDefinition
{
    public string Name { get; set; } = "";

    public BuyerFieldKind Kind { get; set; } = BuyerFieldKind.Text;

    public bool Required { get; set; }

    public bool Secret { get; set; }

    public int MinLength { get; set; }

    public int MaxLength { get; set; } = 200;

    public string? Pattern { get; set; }

    public List<string> Choices { get; set; } = [];

    /// <summary>What to show, by culture.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];
}
