using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Payouts;

/// <summary>What a request for a payout has to have.</summary>
internal static class PayoutRequestRules
{
    private const int MinId = 8;
    private const int MaxId = 64;
    private const int MaxOwner = 100;

    /// <summary>What makes no sense, whoever asks.</summary>
    public static List<CommerceError> Invalid(PayoutRequest request, PayoutRules rules)
    {
        var errors = new List<CommerceError>();
        That(request.Id is { Length: >= MinId and <= MaxId } && request.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), "id", "An id has 8 to 64 letters, digits, dashes or underscores.");
        That(request.Owner is { Length: <= MaxOwner }, "owner", "An owner has at most 100 characters.");
        That(PayeeRules.IsActor(request.Actor), "actor", "It takes somebody who asks.");
        That(request.Purpose is LedgerPurpose.MerchantAvailable or LedgerPurpose.PromoterAvailable, "purpose", "Only what is available can be paid out.");
        That(request.Amount.Minor > 0, "amount", "The amount must be above zero.");
        That(Currencies.IsKnown(request.Amount.Currency) && rules.For(request.Amount.Currency) is not null, "amount.currency", "This currency isn't paid out.");
        return errors;

        void That(bool holds, string field, string message)
        {
            if (!holds)
                errors.Add(new CommerceError(CommerceErrors.Invalid, message, field));
        }
    }

    /// <summary>All that is missing now. Whoever has to put it right wants to know it at once.</summary>
    public static List<CommerceError> Missing(PayoutRow payout, PayeeRow? payee, PayoutLimits limits, bool usable, long available)
    {
        var errors = PayeeReadiness.Missing(payee);
        Add(payee?.Destination is not null && !usable, CommerceErrors.ProviderNotUsable, "destination.provider", "The provider can't be used now.");
        Add(payout.Amount < limits.MinimumMinor || payout.Fee >= payout.Amount, PayoutErrors.BelowMinimum, "amount", "The amount is too small to be paid out.");
        Add(payout.Amount > available, CommerceErrors.InsufficientFunds, "amount", "The account has less than that.");
        return errors;

        void Add(bool missing, string code, string field, string message)
        {
            if (missing)
                errors.Add(new CommerceError(code, message, field));
        }
    }

    /// <summary>The fee: never more than the amount, however the limits are set.</summary>
    public static long FeeOf(Money amount, PayoutLimits limits)
    {
        var portion = amount.PortionDown(limits.FeeBasisPoints).Minor;
        return limits.FeeMinor >= amount.Minor - portion ? amount.Minor : limits.FeeMinor + portion;
    }
}
