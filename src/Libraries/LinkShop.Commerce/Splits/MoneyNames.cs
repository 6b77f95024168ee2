using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Splits;

/// <summary>What reasons, accounts and shares are called, in English; screens translate it.</summary>
public static class MoneyNames
{
    private const string TakenBack = "Taken back in proportion";

    private static readonly Dictionary<string, string> s_reasons = new(StringComparer.Ordinal)
    {
        [MoneyReasons.Payment] = "Payment",
        [MoneyReasons.Refund] = "Given back to the buyer",
        [MoneyReasons.RefundExcess] = "Gone beyond what was paid",
        [MoneyReasons.RefundExcess + MoneyReasons.Reversed] = "Not beyond what was paid after all",
        [MoneyReasons.Sale] = "Sale",
        [MoneyReasons.Commission] = "Commission",
        [MoneyReasons.PaymentCost] = "Payment cost",
        [MoneyReasons.ResellerShare] = "Reseller's share",
        [MoneyReasons.PromoterShare] = "Promoter's share",
        [MoneyReasons.IntroducerShare] = "Introducer's share",
        [MoneyReasons.Tax] = "Tax",
        [MoneyReasons.RefundCover] = "Refund borne by the platform",
        [MoneyReasons.Release] = "Released earnings",
        [MoneyReasons.Reserve] = "Kept back for a while",
        [MoneyReasons.ReserveRelease] = "Kept part released",
        [MoneyReasons.TakenBack] = "Taken back for a refund",
        [MoneyReasons.DebtPaid] = "Debt paid off",
        [MoneyReasons.DisputeHold] = "Frozen by a dispute",
        [MoneyReasons.DisputeEnded] = "No longer frozen",
        [MoneyReasons.CreditGrant] = "Given by the shop",
        [MoneyReasons.CreditTakenBack] = "Taken back by the shop",
        [MoneyReasons.PointsEarned] = "Points for an order",
        [MoneyReasons.Supply] = "Supplier's price",
        [MoneyReasons.OwnCover] = "Refund borne without the supplier",
        [MoneyReasons.SupplySettled] = "Settled between shop and supplier",
        [MoneyReasons.WrittenOff] = "Difference written off",
        [MoneyReasons.WrittenOff + MoneyReasons.Reversed] = "Write-off taken back",
        [MoneyReasons.Arrival] = "Arrived at the bank",
        [MoneyReasons.Arrival + MoneyReasons.Reversed] = "Arrival taken back",
        ["payout"] = "Payout",
        ["payout_fee"] = "Payout fee",
    };

    private static readonly Dictionary<LedgerPurpose, string> s_accounts = new()
    {
        [LedgerPurpose.BuyerClearing] = "Buyers' money, not settled",
        [LedgerPurpose.ProviderClearing] = "At payment providers and banks",
        [LedgerPurpose.MerchantPending] = "Merchants, not released yet",
        [LedgerPurpose.MerchantAvailable] = "Merchants, to be paid out",
        [LedgerPurpose.MerchantReserved] = "Merchants, kept back",
        [LedgerPurpose.PlatformRevenue] = "The platform's revenue",
        [LedgerPurpose.Reseller] = "Resellers, not released yet",
        [LedgerPurpose.PromoterPending] = "Promoters, not released yet",
        [LedgerPurpose.PromoterAvailable] = "Promoters, to be paid out",
        [LedgerPurpose.Tax] = "Tax to hand on",
        [LedgerPurpose.RefundReserve] = "Set aside for refunds",
        [LedgerPurpose.PointsLiability] = "Points not used yet",
        [LedgerPurpose.Debt] = "Owed to the platform after refunds",
        [LedgerPurpose.BuyerBalance] = "Buyers' balances",
        [LedgerPurpose.SupplyPayable] = "Owed to suppliers",
        [LedgerPurpose.SupplyReceivable] = "Owed by shops that sell on",
    };

    private static readonly Dictionary<ShareKind, string> s_shares = new()
    {
        [ShareKind.Merchant] = "Merchant",
        [ShareKind.Platform] = "Platform",
        [ShareKind.PaymentCost] = "Payment provider",
        [ShareKind.Reseller] = "Reseller",
        [ShareKind.Promoter] = "Promoter",
        [ShareKind.Tax] = "Tax office",
        [ShareKind.Supply] = "Supplier",
        [ShareKind.Introducer] = "Introducer",
    };

    /// <summary>All names, for whoever checks that they are translated.</summary>
    public static IEnumerable<string> All => [.. s_reasons.Values, .. s_accounts.Values, .. s_shares.Values, TakenBack];

    /// <summary>Why an amount moved; a reason that isn't known here stands for itself.</summary>
    /// <param name="reason">The transfer's.</param>
    public static string Reason(string reason) =>
        s_reasons.TryGetValue(reason, out var name) ? name : reason.EndsWith(MoneyReasons.Reversed, StringComparison.Ordinal) ? TakenBack : reason;

    /// <summary>What an account is for.</summary>
    /// <param name="purpose">The account's.</param>
    public static string Account(LedgerPurpose purpose) => s_accounts[purpose];

    /// <summary>Whose share it is.</summary>
    /// <param name="kind">The share's.</param>
    public static string Share(ShareKind kind) => s_shares[kind];
}
