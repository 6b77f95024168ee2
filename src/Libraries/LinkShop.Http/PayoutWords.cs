using LinkShop.Commerce.Payouts;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;

namespace LinkShop.Http;

/// <summary>Says to payees and staff where a payout is and where it goes.</summary>
public static class PayoutWords
{
    /// <summary>Where a payout is.</summary>
    public static string State(IViewLocalizer T, PayoutState state) => state switch
    {
        PayoutState.Requested => T["Waits for approval"].Value,
        PayoutState.Approved => T["Approved, about to be sent"].Value,
        PayoutState.Sending => T["On its way"].Value,
        PayoutState.Paid => T["Paid out"].Value,
        PayoutState.Failed => T["Could not be paid"].Value,
        PayoutState.Rejected => T["Rejected"].Value,
        _ => T["Called off"].Value,
    };

    /// <summary>Why it wasn't paid: in the words of who decided, or what made it end by itself.</summary>
    /// <param name="note"><see cref="Payout.Note"/>.</param>
    public static string Note(IViewLocalizer T, string note) => Note(new Words(key => T[key].Value), note);

    /// <inheritdoc cref="Note(IViewLocalizer, string)"/>
    public static string Note(IStringLocalizer T, string note) => Note(new Words(key => T[key].Value), note);

    /// <summary>What may be shown of a destination: a bank by its name, the others by what they are.</summary>
    /// <param name="mask"><see cref="PayoutDestination.Mask"/>.</param>
    public static string Mask(IViewLocalizer T, string mask) => Mask(new Words(key => T[key].Value), mask);

    /// <inheritdoc cref="Mask(IViewLocalizer, string)"/>
    public static string Mask(IStringLocalizer T, string mask) => Mask(new Words(key => T[key].Value), mask);

    /// <summary>A kind of destination.</summary>
    public static string Kind(IViewLocalizer T, PayoutDestinationKind kind) => Kind(new Words(key => T[key].Value), kind);

    private static string Note(Words T, string note) => note switch
    {
        PayoutErrors.OwnerOwes => T["Refunds took more than was free. What was set aside pays that first; what is left can be asked for anew."],
        PayoutErrors.OwnerChanged => T["The shop has another owner now."],
        _ => note,
    };

    private static string Mask(Words T, string mask)
    {
        foreach (var kind in Enum.GetValues<PayoutDestinationKind>())
        {
            if (mask.StartsWith($"{kind} ", StringComparison.Ordinal))
                return Kind(T, kind) + mask[kind.ToString().Length..];
        }

        return mask;
    }

    private static string Kind(Words T, PayoutDestinationKind kind) => kind switch
    {
        PayoutDestinationKind.Bank => T["Bank account"],
        PayoutDestinationKind.Alipay => T["Alipay account"],
        PayoutDestinationKind.StripeConnect => T["Stripe account"],
        _ => T["Sandbox account"],
    };

    /// <summary>Views and mails have localizers of different kinds.</summary>
    private sealed class Words(Func<string, string> translate)
    {
        public string this[string key] => translate(key);
    }
}
