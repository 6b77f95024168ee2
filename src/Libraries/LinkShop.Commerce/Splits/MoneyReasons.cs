using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Splits;

/// <summary>Reasons of the transfers about orders: stable codes that statements and screens know.</summary>
public static class MoneyReasons
{
    /// <summary>Money came from the payer.</summary>
    public const string Payment = "payment";
    /// <summary>Money went back to the payer, or was taken by a lost dispute.</summary>
    public const string Refund = "refund";
    /// <summary>Money went back beyond what was paid, refunded and lost in a dispute as well: the platform's loss until the provider returns it.</summary>
    public const string RefundExcess = "refund_excess";
    /// <summary>A line's amount, to its merchant.</summary>
    public const string Sale = "sale";
    /// <summary>The platform's commission.</summary>
    public const string Commission = "commission";
    /// <summary>What the payment provider keeps.</summary>
    public const string PaymentCost = "payment_cost";
    /// <summary>The reseller's share.</summary>
    public const string ResellerShare = "reseller_share";
    /// <summary>The promoter's share.</summary>
    public const string PromoterShare = "promoter_share";
    /// <summary>The share of who brought the promoter.</summary>
    public const string IntroducerShare = "introducer_share";
    /// <summary>Tax.</summary>
    public const string Tax = "tax";
    /// <summary>What the platform bears of a refund.</summary>
    public const string RefundCover = "refund_cover";
    /// <summary>Earnings that can be paid out from now on.</summary>
    public const string Release = "release";
    /// <summary>Part of them that is kept back for a while.</summary>
    public const string Reserve = "reserve";
    /// <summary>The kept part, released.</summary>
    public const string ReserveRelease = "reserve_release";
    /// <summary>Released earnings taken back for a refund.</summary>
    public const string TakenBack = "taken_back";
    /// <summary>Earnings that pay off a debt.</summary>
    public const string DebtPaid = "debt_paid";
    /// <summary>Earnings frozen while a payment is disputed.</summary>
    public const string DisputeHold = "dispute_hold";
    /// <summary>The end of that.</summary>
    public const string DisputeEnded = "dispute_ended";
    /// <summary>Credit that staff gave a buyer.</summary>
    public const string CreditGrant = "credit_grant";
    /// <summary>What was left of it, taken back.</summary>
    public const string CreditTakenBack = "credit_taken_back";
    /// <summary>Points that a buyer gets for an order.</summary>
    public const string PointsEarned = "points_earned";
    /// <summary>A supplier's part of goods that are sold on.</summary>
    public const string Supply = "supply";
    /// <summary>What a merchant bears of a refund because the supplier keeps its part.</summary>
    public const string OwnCover = "own_cover";
    /// <summary>What a shop owes a supplier, brought over to the supplier, or back.</summary>
    public const string SupplySettled = "supply_settled";
    /// <summary>Ending of the reason of a share that goes back.</summary>
    public const string Reversed = "_reversed";

    internal static string Of(ShareKind kind) => kind switch
    {
        ShareKind.Platform => Commission,
        ShareKind.PaymentCost => PaymentCost,
        ShareKind.Reseller => ResellerShare,
        ShareKind.Promoter => PromoterShare,
        ShareKind.Introducer => IntroducerShare,
        ShareKind.Tax => Tax,
        ShareKind.Supply => Supply,
        _ => Sale,
    };

    /// <summary>Where a share waits, and where it is once it is released.</summary>
    internal static (LedgerAccount Pending, LedgerAccount Released) AccountsOf(Share share) => share.Kind switch
    {
        ShareKind.Platform => Same(new LedgerAccount("", LedgerPurpose.PlatformRevenue)),
        // nobody outside is paid for what our own books do
        ShareKind.PaymentCost when CreditAccounts.IsOwn(share.Owner) => Same(new LedgerAccount("", LedgerPurpose.PlatformRevenue)),
        ShareKind.PaymentCost => Same(new LedgerAccount(share.Owner, LedgerPurpose.ProviderClearing)),
        ShareKind.Tax => Same(new LedgerAccount("", LedgerPurpose.Tax)),
        ShareKind.Supply => Same(new LedgerAccount(share.Owner, LedgerPurpose.SupplyPayable)),
        // a reseller is a merchant too: what is released is in one wallet
        ShareKind.Reseller => (new LedgerAccount(share.Owner, LedgerPurpose.Reseller), new LedgerAccount(share.Owner, LedgerPurpose.MerchantAvailable)),
        ShareKind.Promoter or ShareKind.Introducer => (new LedgerAccount(share.Owner, LedgerPurpose.PromoterPending),
            new LedgerAccount(share.Owner, share.InPoints == true ? LedgerPurpose.PointsLiability : LedgerPurpose.PromoterAvailable)),
        _ => (new LedgerAccount(share.Owner, LedgerPurpose.MerchantPending), new LedgerAccount(share.Owner, LedgerPurpose.MerchantAvailable)),
    };

    private static (LedgerAccount, LedgerAccount) Same(LedgerAccount account) => (account, account);
}
