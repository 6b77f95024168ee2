namespace LinkShop.Catalogue;

/// <summary>What pictures and small pages need of a shop's brand. A tenant without a brand of its own has none of these services.</summary>
public interface IShopStyle
{
    /// <summary>The look now.</summary>
    ValueTask<ShopStyle> GetAsync();
}

/// <summary>A shop's look.</summary>
/// <param name="Fill">The main colour, <c>#rrggbb</c>.</param>
/// <param name="OnFill">A colour that reads on it.</param>
/// <param name="StyleSheet">Path of the brand's style sheet within the tenant, without leading slash.</param>
/// <param name="Picture">Path of the brand's picture in the media store, or null.</param>
public sealed record ShopStyle(string Fill, string OnFill, string StyleSheet, string? Picture = null);
