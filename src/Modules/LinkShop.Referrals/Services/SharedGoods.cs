using System.Globalization;
using System.Text.Json;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Http;

namespace LinkShop.Referrals.Services;

/// <summary>Goods as posters, cards and lists of links show them, in one language.</summary>
/// <param name="ProductId">Content item id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Summary">One line; may be empty.</param>
/// <param name="Price">The lowest price of what is on sale.</param>
/// <param name="SeveralPrices">Whether variants differ in price.</param>
/// <param name="Path">Of its page within the tenant, without leading slash.</param>
/// <param name="Picture">Path in the media store, or null.</param>
public sealed record SharedGoods(string ProductId, string Title, string Summary, Money Price, bool SeveralPrices, string Path, string? Picture)
{
    /// <summary>Made of a product's offers as they were published; null when none is on sale any more: a product that was taken down has no page either.</summary>
    public static SharedGoods? Of(IReadOnlyList<Offer> offers, CultureInfo culture)
    {
        var sold = offers.Where(o => o.OnSale).ToList();
        if (sold.Count == 0)
            return null;
        var first = sold[0];
        var snapshot = Snapshot.Read(first.SnapshotJson);
        if (snapshot.Path is not { Length: > 0 } path)
            return null;
        var prices = sold.Select(o => o.Price).Distinct().OrderBy(p => p.Minor).ToList();
        return new(
            first.ProductId, Cultures.Pick(snapshot.Titles, culture.Name) ?? first.Title, Cultures.FirstOf(Cultures.Pick(snapshot.Summaries, culture.Name), snapshot.Summaries?.GetValueOrDefault("")),
            prices[0], prices.Count > 1, path, MediaPath(snapshot.Picture));
    }

    /// <summary>A variant's name with its goods', in a language.</summary>
    public static string NameOf(Offer offer, CultureInfo culture) => GoodsNames.Of(offer.SnapshotJson, offer.Title, offer.Variant, culture);

    // the offer kept the address under which the picture was published; here another may be in use
    private static string? MediaPath(string? address)
    {
        const string media = "/media/";
        return address is not null && address.IndexOf(media, StringComparison.Ordinal) is >= 0 and var at ? Uri.UnescapeDataString(address[(at + media.Length)..]) : null;
    }

    private sealed record Snapshot(string? Picture, string? Path, Dictionary<string, string>? Titles, Dictionary<string, string>? Summaries)
    {
        public static Snapshot Read(string json) => JsonSerializer.Deserialize<Snapshot>(json, JsonSerializerOptions.Web) ?? new(null, null, null, null);
    }
}
