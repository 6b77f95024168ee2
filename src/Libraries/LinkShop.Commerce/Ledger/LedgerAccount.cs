namespace LinkShop.Commerce.Ledger;

/// <summary>What the money of an account is for.</summary>
public enum LedgerPurpose
{
    /// <summary>What buyers owe for orders that are placed, and get back when they are refunded. Nets to zero when an order is settled.</summary>
    BuyerClearing,

    /// <summary>Money at a payment provider or the bank, seen from here: negative by what it holds for us.</summary>
    ProviderClearing,

    /// <summary>A merchant's earnings that aren't released yet.</summary>
    MerchantPending,

    /// <summary>A merchant's earnings that can be paid out.</summary>
    MerchantAvailable,

    /// <summary>The part of a merchant's earnings kept back for refunds and disputes.</summary>
    MerchantReserved,

    /// <summary>The platform's commissions and fees.</summary>
    PlatformRevenue,

    /// <summary>What a reseller earned.</summary>
    Reseller,

    /// <summary>Commission of a promoter until the refund window ends.</summary>
    PromoterPending,

    /// <summary>Commission of a promoter that can be paid out.</summary>
    PromoterAvailable,

    /// <summary>Tax to hand on.</summary>
    Tax,

    /// <summary>Set aside for refunds.</summary>
    RefundReserve,

    /// <summary>Points given out and not used, at their worth.</summary>
    PointsLiability,

    /// <summary>What somebody who was paid owes after a refund that their balance couldn't cover: zero or negative. Their next earnings pay it off.</summary>
    Debt,

    /// <summary>Money of a buyer that pays orders.</summary>
    BuyerBalance,

    /// <summary>What a shop owes a supplier for goods it sold on.</summary>
    SupplyPayable,

    /// <summary>What a shop owes this supplier, seen from here: negative.</summary>
    SupplyReceivable,
}

/// <summary>An account of a tenant; the amounts that touch it give its currency.</summary>
/// <param name="Owner">Whose it is: a user id, a shop, a provider's name; empty for the tenant itself. At most 100 characters.</param>
/// <param name="Purpose">What for.</param>
public readonly record struct LedgerAccount(string Owner, LedgerPurpose Purpose)
{
    /// <inheritdoc />
    public override string ToString() => Owner.Length == 0 ? Purpose.ToString() : $"{Purpose} of {Owner}";
}

/// <summary>How accounts of a purpose behave.</summary>
internal static class LedgerPolicy
{
    // as many orders of one tenant can be written at the same moment
    private const int Slots = 64;

    /// <summary>Whether the balance, less what is held, can never be below zero.</summary>
    public static bool IsFloored(LedgerPurpose purpose) => purpose is LedgerPurpose.MerchantAvailable or LedgerPurpose.MerchantReserved or LedgerPurpose.PromoterAvailable
        or LedgerPurpose.RefundReserve or LedgerPurpose.PointsLiability or LedgerPurpose.BuyerBalance;

    /// <summary>In how many rows an account is kept. A floor needs one row: it is checked against all of the balance.</summary>
    public static int SlotsOf(LedgerPurpose purpose) => IsFloored(purpose) ? 1 : Slots;
}
