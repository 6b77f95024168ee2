namespace LinkShop.Catalogue;

/// <summary>What a list shows of a product, in all its languages.</summary>
/// <param name="ProductId">Content item id.</param>
/// <param name="Path">Address within the tenant, without leading slash.</param>
/// <param name="CategoryId">Content item id of the category.</param>
/// <param name="Titles">Titles by culture; <c>""</c> is the shop's default language.</param>
/// <param name="Summaries">Summaries likewise.</param>
/// <param name="Picture">Path in the media store, or null.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="PriceFromMinor">Lowest price of one unit.</param>
/// <param name="SeveralPrices">Whether variants differ in price.</param>
/// <param name="OriginalPriceMinor">Former price of the cheapest variant, or null.</param>
/// <param name="Wholesale">Whether larger quantities cost less.</param>
/// <param name="ByHand">Whether a person delivers all variants.</param>
/// <param name="Skus">Ids of the variants on sale.</param>
public sealed record ProductCard(
    string ProductId,
    string Path,
    string CategoryId,
    IReadOnlyDictionary<string, string> Titles,
    IReadOnlyDictionary<string, string> Summaries,
    string? Picture,
    string Currency,
    long PriceFromMinor,
    bool SeveralPrices,
    long? OriginalPriceMinor,
    bool Wholesale,
    bool ByHand,
    IReadOnlyList<string> Skus)
{
    public string TitleIn(string culture) => Cultures.Pick(Titles, culture) ?? Titles.GetValueOrDefault("", ProductId);

    public string SummaryIn(string culture) => Cultures.Pick(Summaries, culture) ?? Summaries.GetValueOrDefault("", "");
}
