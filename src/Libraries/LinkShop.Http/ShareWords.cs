using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Commerce.Splits;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Http;

/// <summary>Says to merchants and staff why a share is what it is.</summary>
public static class ShareWords
{
    /// <summary>Why it is that much.</summary>
    public static string Why(IViewLocalizer T, Share share, string currency, CultureInfo culture)
    {
        if (share.Kind == ShareKind.Merchant)
        {
            return T["What the others leave, with every rounding"].Value;
        }

        if (share.Kind == ShareKind.Supply)
        {
            // who that is stands beside the line; the share knows the tenant only
            return T["The supplier's price"].Value;
        }

        string In(long minor) => new Money(minor, currency).Format(culture);
        var rate = string.Format(culture, T["{0} % of {1}"].Value, (share.BasisPoints / 100m).ToString("0.##", culture), In(share.BaseMinor));
        var text = share.FixedMinor == 0 ? rate : share.BasisPoints == 0 ? In(share.FixedMinor) : $"{rate} + {In(share.FixedMinor)}";
        // staff name their rules; those of shops' plans are named by the system
        var rule = share.Rule?.StartsWith(FeeRule.OfPlan, StringComparison.Ordinal) == true ? Plan(T, share.Rule[FeeRule.OfPlan.Length..], culture) : share.Rule;
        text = string.Format(culture, T["{0}, by the rule “{1}”"].Value, text, rule);
        return share.UncutMinor is { } uncut ? string.Format(culture, T["{0}; the rule alone would give {1}, the ceiling cut it"].Value, text, In(uncut)) : text;
    }

    private static string Plan(IViewLocalizer T, string code, CultureInfo culture) =>
        ShopPlan.NameOf(code) is { } name ? T[name].Value : string.Format(culture, T["the plan {0}"].Value, code);
}
