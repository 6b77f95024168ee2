namespace LinkShop.VirtualGoods.Models;

/// <summary>A product's texts in one culture; empty ones fall back to the texts of the product itself.</summary>
public sealed class LocalizedText
{
    public string? Title { get; set; }

    public string? Summary { get; set; }

    /// <summary>Markdown.</summary>
    public string? Body { get; set; }
}
