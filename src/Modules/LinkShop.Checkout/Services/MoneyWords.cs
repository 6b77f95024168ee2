using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Splits;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Checkout.Services;

/// <summary>Says why shares are what they are, and how refunds stand.</summary>
public static class MoneyWords
{
    /// <summary>Why it is that much.</summary>
    public static string Why(IViewLocalizer T, Share share, string currency, CultureInfo culture)
    {
        if (share.Kind == ShareKind.Merchant)
        {
            return T["What the others leave, with every rounding"].Value;
        }

        string In(long minor) => new Money(minor, currency).Format(culture);
        var rate = string.Format(culture, T["{0} % of {1}"].Value, (share.BasisPoints / 100m).ToString("0.##", culture), In(share.BaseMinor));
        var text = share.FixedMinor == 0 ? rate : share.BasisPoints == 0 ? In(share.FixedMinor) : $"{rate} + {In(share.FixedMinor)}";
        text = string.Format(culture, T["{0}, by the rule “{1}”"].Value, text, share.Rule);
        return share.UncutMinor is { } uncut ? string.Format(culture, T["{0}; the rule alone would give {1}, the ceiling cut it"].Value, text, In(uncut)) : text;
    }

    /// <summary>Why money goes back.</summary>
    public static string Why(IViewLocalizer T, RefundReason reason) => reason switch
    {
        RefundReason.NotAsDescribed => T["Not as described"].Value,
        RefundReason.KeyInvalid => T["A key doesn't work"].Value,
        RefundReason.NotDelivered => T["It didn't come"].Value,
        RefundReason.BoughtByMistake => T["Bought by mistake"].Value,
        RefundReason.Goodwill => T["Goodwill"].Value,
        _ => T["Another reason"].Value,
    };

    /// <summary>How far a refund is.</summary>
    public static string State(IViewLocalizer T, RefundState state) => state switch
    {
        RefundState.Requested => T["Waits for an answer"].Value,
        RefundState.Escalated => T["Overdue, for the platform to decide"].Value,
        RefundState.Approved => T["Approved"].Value,
        _ => T["Declined"].Value,
    };
}
