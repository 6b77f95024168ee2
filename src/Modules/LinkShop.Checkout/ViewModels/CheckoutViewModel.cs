using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The checkout page.</summary>
public sealed class CheckoutViewModel
{
    public required Offer Offer { get; init; }

    public required CheckoutForm Form { get; init; }

    /// <summary>Null when the request can't be priced; the mistakes are in the model state.</summary>
    public OrderQuote? Quote { get; init; }

    /// <summary>Units that can be sold now; null for no limit.</summary>
    public int? Available { get; init; }

    public required PickList Picks { get; init; }

    public required IReadOnlyList<PaymentChoice> Providers { get; init; }

    public required bool SignedIn { get; init; }

    /// <summary>Whether what the signed-in buyer has covers the order; the next page offers it.</summary>
    public bool HasCredit { get; init; }

    /// <summary>An order for the same that this buyer made and hasn't paid yet, or null.</summary>
    public OrderSummary? Unpaid { get; init; }

    /// <summary>Recommendation codes; null where nobody earns by recommending.</summary>
    public ReferralEntry? Referral { get; init; }

    public required int ReservationMinutes { get; init; }

    public string? Picture { get; init; }

    public required string Title { get; init; }

    public required string Variant { get; init; }

    public bool SoldOut => Available is { } left && left < Offer.Limits.MinPerOrder;
}

/// <summary>Numbers to pick from.</summary>
/// <param name="Keys">Those of this page.</param>
/// <param name="Chosen">The one that is picked, when it isn't among them.</param>
/// <param name="More">Whether another page follows.</param>
public sealed record PickList(IReadOnlyList<PickableKey> Keys, PickableKey? Chosen, bool More)
{
    /// <summary>None.</summary>
    public static readonly PickList None = new([], null, false);
}

/// <summary>A way to pay.</summary>
public sealed record PaymentChoice(string Name, string Title, string Icon);

/// <summary>What the page knows of a recommendation.</summary>
/// <param name="Known">Whether the code that was typed in is somebody's; null when none was.</param>
/// <param name="CameBy">Code of the link that this browser remembers, or null.</param>
public sealed record ReferralEntry(bool? Known, string? CameBy);
