using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Splits;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Finance.Services;

/// <summary>What accounts and reasons are called.</summary>
public static class MoneyWords
{
    /// <summary>The reason of a transfer.</summary>
    public static string Reason(IViewLocalizer T, string reason) => reason switch
    {
        MoneyReasons.Payment => T["Payment"].Value,
        MoneyReasons.Refund => T["Refund to the buyer"].Value,
        MoneyReasons.Sale => T["Sale"].Value,
        MoneyReasons.Sale + MoneyReasons.Reversed => T["Sale taken back"].Value,
        MoneyReasons.Commission => T["Commission"].Value,
        MoneyReasons.Commission + MoneyReasons.Reversed => T["Commission given back"].Value,
        MoneyReasons.PaymentCost => T["Payment cost"].Value,
        MoneyReasons.ResellerShare => T["Reseller's share"].Value,
        MoneyReasons.PromoterShare => T["Promoter's share"].Value,
        MoneyReasons.Tax => T["Tax"].Value,
        MoneyReasons.Release => T["Released earnings"].Value,
        MoneyReasons.Reserve => T["Kept back"].Value,
        MoneyReasons.ReserveRelease => T["Kept part released"].Value,
        MoneyReasons.TakenBack => T["Taken back for a refund"].Value,
        MoneyReasons.DebtPaid => T["Debt paid off"].Value,
        MoneyReasons.DisputeHold => T["Frozen by a dispute"].Value,
        MoneyReasons.DisputeEnded => T["Dispute ended"].Value,
        MoneyReasons.RefundCover => T["Refund borne by the platform"].Value,
        "payout" => T["Payout"].Value,
        "payout_fee" => T["Payout fee"].Value,
        _ => string.Format(System.Globalization.CultureInfo.CurrentCulture, T["Other: {0}"].Value, reason),
    };

    /// <summary>What an account is for.</summary>
    public static string Purpose(IViewLocalizer T, LedgerPurpose purpose) => purpose switch
    {
        LedgerPurpose.BuyerClearing => T["To be given back to buyers"].Value,
        LedgerPurpose.ProviderClearing => T["At payment providers and banks"].Value,
        LedgerPurpose.MerchantPending => T["Merchants, not released yet"].Value,
        LedgerPurpose.MerchantAvailable => T["Merchants, to be paid out"].Value,
        LedgerPurpose.MerchantReserved => T["Merchants, kept back"].Value,
        LedgerPurpose.PlatformRevenue => T["The platform's revenue"].Value,
        LedgerPurpose.Reseller => T["Resellers, not released yet"].Value,
        LedgerPurpose.PromoterPending => T["Promoters, not released yet"].Value,
        LedgerPurpose.PromoterAvailable => T["Promoters, to be paid out"].Value,
        LedgerPurpose.Tax => T["Tax to hand on"].Value,
        LedgerPurpose.RefundReserve => T["Set aside for refunds"].Value,
        LedgerPurpose.PointsLiability => T["Points not used yet"].Value,
        LedgerPurpose.Debt => T["Owed to the platform after refunds"].Value,
        _ => T["Buyers' balances"].Value,
    };

    /// <summary>Whose share a rule is about.</summary>
    public static string Share(IViewLocalizer T, ShareKind kind) => kind switch
    {
        ShareKind.Platform => T["Platform commission"].Value,
        ShareKind.PaymentCost => T["Payment cost"].Value,
        ShareKind.Reseller => T["Reseller's share"].Value,
        ShareKind.Promoter => T["Promoter's share"].Value,
        ShareKind.Tax => T["Tax"].Value,
        _ => T["Merchant"].Value,
    };
}
