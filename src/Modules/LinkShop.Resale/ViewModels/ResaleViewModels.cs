using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Resale;

namespace LinkShop.Resale.ViewModels;

/// <summary>The supplier's list.</summary>
public sealed record OffersViewModel(IReadOnlyList<ResaleOffer> Offers, ILookup<string, ResaleOutlet> Outlets, bool AnyCandidates);

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

    /// <summary>Technical names of shops, one per line.</summary>
    public string? Shops { get; set; }

    public string? Supplier { get; set; }
}

/// <summary>The form with what can be chosen.</summary>
public sealed record OfferViewModel(OfferForm Form, ResaleOffer? Known, IReadOnlyList<Offer> Candidates, IReadOnlyList<ResaleOutlet> Outlets);

/// <summary>A shop's resold goods and what it can find.</summary>
public sealed record GoodsViewModel(IReadOnlyList<ResaleListing> Listings, string? Search, IReadOnlyList<ResaleChoice> Choices);

/// <summary>What a shop adds.</summary>
public sealed class AddForm
{
    public string? Upstream { get; set; }

    public string? Offer { get; set; }

    public string? Price { get; set; }

    public string? GoodsTitle { get; set; }
}

/// <summary>The form for adding one offer.</summary>
public sealed record AddViewModel(AddForm Form, ResaleChoice Choice);
