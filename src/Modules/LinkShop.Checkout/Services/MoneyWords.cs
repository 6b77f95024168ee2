using LinkShop.Commerce.Refunds;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Checkout.Services;

/// <summary>Says why money goes back, and how refunds stand.</summary>
public static class MoneyWords
{
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
    public static string State(IViewLocalizer T, RefundView refund) => State(T, refund.State, refund.DecidedBy, refund.Note);

    /// <summary>How far a refund is, of one that isn't read as a whole.</summary>
    public static string State(IViewLocalizer T, RefundState state, string? decidedBy, string? note) => state switch
    {
        RefundState.Requested => T["Waits for an answer"].Value,
        RefundState.Escalated => T["For the platform to decide"].Value,
        RefundState.Approved => T["Approved"].Value,
        _ when RefundView.IsWithdrawn(state, decidedBy, note) => T["Taken back by the buyer"].Value,
        _ => T["Declined"].Value,
    };
}
