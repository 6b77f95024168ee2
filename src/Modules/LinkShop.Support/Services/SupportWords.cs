using LinkShop.Commerce;
using LinkShop.Commerce.Support;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Support.Services;

/// <summary>Names of states and categories.</summary>
public static class SupportWords
{
    /// <summary>What a ticket is about.</summary>
    public static string Category(IViewLocalizer T, TicketCategory category) => category switch
    {
        TicketCategory.KeyInvalid => T["A key doesn't work"].Value,
        TicketCategory.NotDelivered => T["It didn't come"].Value,
        TicketCategory.Refund => T["Money back"].Value,
        _ => T["A question"].Value,
    };

    /// <summary>Whose turn it is, as the buyer sees it.</summary>
    public static string State(IViewLocalizer T, TicketState state) => state switch
    {
        TicketState.Open => T["Waiting for the shop"].Value,
        TicketState.Answered => T["The shop has answered"].Value,
        _ => T["Ended"].Value,
    };

    /// <summary>Whose turn it is, as staff see it.</summary>
    public static string DeskState(IViewLocalizer T, TicketState state) => state switch
    {
        TicketState.Open => T["Waiting"].Value,
        TicketState.Answered => T["Answered"].Value,
        _ => T["Ended"].Value,
    };

    /// <summary>Amounts of several currencies.</summary>
    public static string Sum(IReadOnlyList<Money> amounts, System.Globalization.CultureInfo culture) => amounts.Count == 0 ? "–" : string.Join(" + ", amounts.Select(m => m.Format(culture)));
}
