using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Evidence;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Replacements;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Checkout.Services;

/// <summary>Says what was delivered and why it was replaced.</summary>
public static class EvidenceWords
{
    /// <summary>Why a key was replaced.</summary>
    public static string Why(IViewLocalizer T, ReplacementReason reason) => reason switch
    {
        ReplacementReason.DoesntWork => T["Doesn't work"].Value,
        ReplacementReason.AlreadyUsed => T["Was used already"].Value,
        _ => T["The wrong one"].Value,
    };

    /// <summary>How something was delivered.</summary>
    public static string Kind(IViewLocalizer T, DeliveryKind kind) => kind switch
    {
        DeliveryKind.CardKey => T["Card key"].Value,
        DeliveryKind.ReusableKey => T["Shared key"].Value,
        DeliveryKind.Text => T["Text or link"].Value,
        DeliveryKind.Supplied => T["By the supplier"].Value,
        _ => T["By a person"].Value,
    };

    /// <summary>How a dispute stands; null when there is none.</summary>
    public static string? Dispute(IViewLocalizer T, EvidenceDispute dispute) => dispute switch
    {
        EvidenceDispute.Open => T["Disputed"].Value,
        EvidenceDispute.Won => T["Dispute won"].Value,
        EvidenceDispute.Lost => T["Dispute lost"].Value,
        _ => null,
    };

    /// <summary>An amount, also of a currency that a provider made up.</summary>
    public static string Amount(Money money, CultureInfo culture) => Currencies.IsKnown(money.Currency) ? money.Format(culture) : money.ToString();
}
