using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Splits;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Checkout.Services;

/// <summary>Says who gets what of an order and why.</summary>
public static class MoneyWords
{
    /// <summary>Whose share it is.</summary>
    public static string Who(IViewLocalizer T, Share share) => share.Kind switch
    {
        ShareKind.Merchant => share.Owner.Length == 0 ? T["This shop"].Value : T["Merchant"].Value,
        ShareKind.Platform => T["Platform"].Value,
        ShareKind.PaymentCost => T["Payment provider"].Value,
        ShareKind.Reseller => T["Reseller"].Value,
        ShareKind.Promoter => T["Promoter"].Value,
        _ => T["Tax office"].Value,
    };

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

    /// <summary>An account as the end of an arrow.</summary>
    public static string Account(IViewLocalizer T, LedgerAccount account) => account.Purpose switch
    {
        LedgerPurpose.BuyerClearing => T["Buyer's money"].Value,
        LedgerPurpose.ProviderClearing => account.Owner,
        LedgerPurpose.PlatformRevenue => T["Platform"].Value,
        LedgerPurpose.MerchantPending => T["Merchant (not released)"].Value,
        LedgerPurpose.MerchantAvailable => T["Merchant (available)"].Value,
        LedgerPurpose.MerchantReserved => T["Merchant (kept back)"].Value,
        LedgerPurpose.Reseller => T["Reseller"].Value,
        LedgerPurpose.PromoterPending or LedgerPurpose.PromoterAvailable => T["Promoter"].Value,
        LedgerPurpose.Tax => T["Tax office"].Value,
        LedgerPurpose.Debt => T["Debt"].Value,
        _ => T["Buyer's balance"].Value,
    };

    /// <summary>Why an amount moved.</summary>
    public static string Reason(IViewLocalizer T, string reason) => reason switch
    {
        MoneyReasons.Payment => T["Payment"].Value,
        MoneyReasons.Refund => T["Given back"].Value,
        MoneyReasons.Sale => T["Sale"].Value,
        MoneyReasons.Commission => T["Commission"].Value,
        MoneyReasons.PaymentCost => T["Payment cost"].Value,
        MoneyReasons.ResellerShare => T["Reseller's share"].Value,
        MoneyReasons.PromoterShare => T["Promoter's share"].Value,
        MoneyReasons.Tax => T["Tax"].Value,
        MoneyReasons.RefundCover => T["Refund borne by the platform"].Value,
        MoneyReasons.Release or MoneyReasons.ReserveRelease => T["Released"].Value,
        MoneyReasons.Reserve => T["Kept back"].Value,
        MoneyReasons.TakenBack => T["Taken back for a refund"].Value,
        MoneyReasons.DebtPaid => T["Debt paid off"].Value,
        MoneyReasons.DisputeHold => T["Frozen by the dispute"].Value,
        MoneyReasons.DisputeEnded => T["No longer frozen"].Value,
        _ => T["Taken back in proportion"].Value,
    };

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
