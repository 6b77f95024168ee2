namespace LinkShop.Catalogue;

/// <summary>What pictures and small pages need of a shop's brand. A tenant without a brand of its own has none of these services.</summary>
public interface IShopLook
{
    /// <summary>The look now.</summary>
    ValueTask<ShopLook> GetAsync();
}

/// <summary>A shop's look.</summary>
/// <param name="Fill">The main colour, <c>#rrggbb</c>.</param>
/// <param name="OnFill">A colour that reads on it.</param>
/// <param name="StyleSheet">Path of the brand's style sheet within the tenant, without leading slash.</param>
public sealed record ShopLook(string Fill, string OnFill, string StyleSheet);
