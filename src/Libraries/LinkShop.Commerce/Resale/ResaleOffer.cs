namespace LinkShop.Commerce.Resale;

/// <summary>Whether a variant can be resold now. Stored by name.</summary>
public enum ResaleState
{
    /// <summary>Shops may list and sell it.</summary>
    Offered,
    /// <summary>Nobody sells it any more; what was sold stays so.</summary>
    Stopped,
}

/// <summary>Who may resell. Stored by name.</summary>
public enum ResaleAudience
{
    /// <summary>Every shop of the installation.</summary>
    Everybody,
    /// <summary>The shops that are named.</summary>
    Listed,
}

/// <summary>Who bears it when a shop gives its buyer money back. Stored by name.</summary>
public enum ResaleRefunds
{
    /// <summary>The supplier gives back its part in proportion.</summary>
    SupplierPays,
    /// <summary>The supplier keeps what it was paid; the shop bears all of it.</summary>
    ResellerPays,
}

/// <summary>What a supplier says about reselling one of its variants.</summary>
public sealed record ResaleDraft
{
    /// <summary>The supplier's variant: delivered by itself, without questions to the buyer, and its own.</summary>
    public required string SkuId { get; init; }

    /// <summary>Lowest price that shops may ask, in minor units of the variant's currency.</summary>
    public required long FloorMinor { get; init; }

    /// <summary>Price that shops are advised to ask; not below the floor.</summary>
    public required long SuggestedMinor { get; init; }

    /// <summary>What a shop pays for one, not above the floor; null when <see cref="RateBasisPoints"/> is given.</summary>
    public long? CostMinor { get; init; }

    /// <summary>What a shop keeps of its own price, in basis points up to 9,000; null when <see cref="CostMinor"/> is given.</summary>
    public int? RateBasisPoints { get; init; }

    /// <summary>Who bears refunds.</summary>
    public ResaleRefunds Refunds { get; init; }

    /// <summary>Who may resell.</summary>
    public ResaleAudience Audience { get; init; }

    /// <summary>Tenant names of the shops that may, for <see cref="ResaleAudience.Listed"/>.</summary>
    public IReadOnlyList<string> Shops { get; init; } = [];

    /// <summary>The supplier's name as shops see it; 1 to 100 characters.</summary>
    public required string Supplier { get; init; }
}

/// <summary>An offer for resale with its present terms.</summary>
/// <param name="Id">Id, unique in the supplier's tenant.</param>
/// <param name="SkuId">The supplier's variant.</param>
/// <param name="Title">The product's title when terms were last changed.</param>
/// <param name="Variant">The variant's name.</param>
/// <param name="Supplier">The supplier's name as shops see it.</param>
/// <param name="Floor">Lowest price shops may ask.</param>
/// <param name="Suggested">Price shops are advised to ask.</param>
/// <param name="Cost">What a shop pays for one; null when it is by commission.</param>
/// <param name="RateBasisPoints">What a shop keeps of its price; null when there is a cost.</param>
/// <param name="Refunds">Who bears refunds.</param>
/// <param name="Audience">Who may resell.</param>
/// <param name="Shops">The shops that may, when only those may; empty where a shop looks.</param>
/// <param name="State">Whether it can be resold now.</param>
/// <param name="Version">Counts changes of terms.</param>
/// <param name="Note">Why it was stopped; may be empty.</param>
public sealed record ResaleOffer(
    string Id, string SkuId, string Title, string Variant, string Supplier, Money Floor, Money Suggested, Money? Cost, int? RateBasisPoints, ResaleRefunds Refunds,
    ResaleAudience Audience, IReadOnlyList<string> Shops, ResaleState State, int Version, string Note)
{
    /// <summary>What the supplier's offer keeps of its product now, its names in several languages among it; in lists and where a shop looks at one, else <c>{}</c>.</summary>
    public string SnapshotJson { get; init; } = "{}";

    /// <summary>What a shop pays for one that it sells at a price; the supplier has the rounding.</summary>
    /// <param name="price">The shop's price of one.</param>
    public Money CostAt(Money price) => Cost ?? price - price.PortionDown(RateBasisPoints ?? 0);
}

/// <summary>A shop that resells an offer, as the supplier sees it.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="Shop">Tenant name of the shop.</param>
/// <param name="Since">Since when.</param>
/// <param name="Units">Units sold and paid there.</param>
/// <param name="Earned">What the shop paid for them, less what went back.</param>
public sealed record ResaleOutlet(string OfferId, string Shop, DateTimeOffset Since, long Units, Money Earned);

/// <summary>Names of the outbox events about reselling, all in the shop's tenant.</summary>
public static class ResaleEvents
{
    /// <summary>Terms of something the shop resells changed, or it was stopped. Payload: <see cref="ResaleNotice"/>.</summary>
    public const string Changed = "ResaleTermsChanged";

    /// <summary>The supplier recalled keys that the shop's buyers have. Payload: <see cref="ResaleNotice"/>.</summary>
    public const string Recalled = "ResaleGoodsRecalled";
}

/// <summary>Payload of <see cref="ResaleEvents"/>.</summary>
/// <param name="Listing">The shop's listing.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Supplier">Whose goods.</param>
/// <param name="OrderId">The shop's order, for a recall.</param>
public sealed record ResaleNotice(string Listing, string Title, string Supplier, string? OrderId = null)
{
    internal static ResaleNotice Of(string listing, string title, string variant, string supplier) => new(listing, variant.Length == 0 ? title : $"{title} · {variant}", supplier);
}
