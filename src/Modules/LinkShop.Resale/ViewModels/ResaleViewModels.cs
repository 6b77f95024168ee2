using System.Globalization;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Shops;

namespace LinkShop.Resale.ViewModels;

/// <summary>The supplier's list.</summary>
public sealed record OffersViewModel(
    IReadOnlyList<ResaleOffer> Offers, ILookup<string, ResaleOutlet> Outlets, bool AnyCandidates, IReadOnlyList<SupplyDue> Dues, IReadOnlyDictionary<string, ShopName> Names, bool Wallet, SupplyHalt? Halt);

/// <summary>The form of an offer.</summary>
public sealed class OfferForm
{
    public string? Sku { get; set; }

    public string? Floor { get; set; }

    public string? Suggested { get; set; }

    /// <summary><c>cost</c> or <c>rate</c>.</summary>
    public string? By { get; set; }

    public string? Cost { get; set; }

    /// <summary>Percent.</summary>
    public string? Rate { get; set; }

    public ResaleRefunds Refunds { get; set; }

    public ResaleAudience Audience { get; set; }

    /// <summary>Addresses of shops, one per line.</summary>
    public string? Shops { get; set; }

    public string? Supplier { get; set; }

    /// <summary>The form of what holds now.</summary>
    public static OfferForm Of(ResaleOffer offer, IReadOnlyDictionary<string, ShopName> names) => new()
    {
        Sku = offer.SkuId,
        Floor = offer.Floor.ToDecimalString(),
        Suggested = offer.Suggested.ToDecimalString(),
        By = offer.Cost is null ? "rate" : "cost",
        Cost = offer.Cost?.ToDecimalString(),
        Rate = offer.RateBasisPoints is { } rate ? (rate / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null,
        Refunds = offer.Refunds,
        Audience = offer.Audience,
        Shops = string.Join('\n', offer.Shops.Select(s => names.GetValueOrDefault(s)?.Slug ?? s)),
        Supplier = offer.Supplier,
    };
}

/// <summary>The form with what can be chosen.</summary>
public sealed record OfferViewModel(OfferForm Form, ResaleOffer? Known, IReadOnlyList<Offer> Candidates, IReadOnlyList<ResaleOutlet> Outlets, IReadOnlyDictionary<string, ShopName> Names)
{
    /// <summary>What its amounts are in; null while that depends on the variant that is chosen.</summary>
    public string? Currency => Known?.Floor.Currency ?? (Candidates.Select(c => c.Price.Currency).Distinct().ToList() is [var only] ? only : null);
}

/// <summary>A shop's resold goods and what it can find.</summary>
public sealed record GoodsViewModel(IReadOnlyList<ResaleListing> Listings, IReadOnlyList<SupplierNotice> Notices, string? Search, IReadOnlyList<ResaleChoice> Choices, IReadOnlyList<SupplyDue> Dues, IReadOnlyDictionary<string, ShopName> Names, IReadOnlyDictionary<string, string> Who)
{
    /// <summary>The supplier's name: as it calls itself on its offers, else as its shop is called; null when neither is known.</summary>
    public string? Supplier(string upstream) => Listings.FirstOrDefault(l => l.Upstream == upstream && l.Terms is not null)?.Terms!.Supplier ?? Names.GetValueOrDefault(upstream)?.Title;
}

/// <summary>What a shop adds.</summary>
public sealed class AddForm
{
    public string? Upstream { get; set; }

    public string? Offer { get; set; }

    public string? Price { get; set; }

    public string? GoodsTitle { get; set; }
}

/// <summary>The form for adding one offer.</summary>
public sealed record AddViewModel(AddForm Form, ResaleChoice Choice, string? Who);
