using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Credits;

/// <summary>Where credit is in the books, and what payments with it are called.</summary>
internal static class CreditAccounts
{
    public static LedgerAccount Of(CreditKind kind, string userId) => new(userId, PurposeOf(kind));

    public static LedgerPurpose PurposeOf(CreditKind kind) => kind == CreditKind.Points ? LedgerPurpose.PointsLiability : LedgerPurpose.BuyerBalance;

    public static CreditKind KindOf(LedgerPurpose purpose) => purpose == LedgerPurpose.PointsLiability ? CreditKind.Points : CreditKind.Balance;

    public static string ProviderOf(CreditKind kind) => kind == CreditKind.Points ? PaymentFacts.Points : PaymentFacts.Balance;

    /// <summary>Whether payments of this name are made out of our own books.</summary>
    public static bool IsOwn(string provider) => provider is PaymentFacts.Balance or PaymentFacts.Points or PaymentFacts.Resale;

    public static string GrantTransfer(string grantId) => grantId + ":grant";

    public static string TakeBackTransfer(string takeBackId) => takeBackId + ":taken";
}
