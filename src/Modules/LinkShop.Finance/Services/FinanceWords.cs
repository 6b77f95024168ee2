using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Reconciliation;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Finance.Services;

/// <summary>What states and kinds are called.</summary>
public static class FinanceWords
{
    /// <summary>The colour of a state's badge.</summary>
    public static string Tone(PayoutState state) => state switch
    {
        PayoutState.Paid => "text-bg-success",
        PayoutState.Failed or PayoutState.Rejected => "text-bg-danger",
        PayoutState.Requested => "text-bg-warning",
        PayoutState.Cancelled => "text-bg-secondary",
        _ => "text-bg-info",
    };

    /// <summary>What a line of a settlement file is about.</summary>
    public static string Type(IViewLocalizer T, SettlementType type) => type switch
    {
        SettlementType.Payment => T["Payments"].Value,
        SettlementType.Refund => T["Refunds"].Value,
        SettlementType.Fee => T["Provider's fees"].Value,
        _ => T["Chargebacks"].Value,
    };

    /// <summary>How the sides compare.</summary>
    public static string Outcome(IViewLocalizer T, ReconciliationOutcome outcome) => outcome switch
    {
        ReconciliationOutcome.Matched => T["Matched"].Value,
        ReconciliationOutcome.MissingHere => T["Missing here"].Value,
        ReconciliationOutcome.MissingThere => T["Missing there"].Value,
        ReconciliationOutcome.AmountDiffers => T["Amount differs"].Value,
        _ => T["Twice in the file"].Value,
    };

    /// <summary>How an item was dealt with.</summary>
    public static string Action(IViewLocalizer T, string action) => action switch
    {
        ReconciliationActions.TakenOver => T["Taken over"].Value,
        ReconciliationActions.BookedByHand => T["Order confirmed by hand"].Value,
        ReconciliationActions.AskedProvider => T["Provider asked"].Value,
        ReconciliationActions.NotOurs => T["Not ours"].Value,
        ReconciliationActions.ExpectedLater => T["Comes with a later file"].Value,
        ReconciliationActions.WrittenOff => T["Written off"].Value,
        ReconciliationActions.Corrected => T["Corrected"].Value,
        ReconciliationActions.SettledLater => T["A later file had it"].Value,
        _ => T["No consequence"].Value,
    };

    /// <summary>What an action does to the money, before it is done; null when it does nothing to it.</summary>
    public static string? Effect(IViewLocalizer T, ReconciliationItem item, string action, CultureInfo culture) => action switch
    {
        ReconciliationActions.TakenOver when item.Type == SettlementType.Refund => string.Format(culture, T["“{0}” records {1} as given back to the buyer of order {2}."].Value, Action(T, action), item.Theirs!.Value.Format(culture), item.Number),
        ReconciliationActions.TakenOver when item.Type == SettlementType.Chargeback => string.Format(culture, T["“{0}” records {1} of order {2} as lost by a chargeback."].Value, Action(T, action), item.Theirs!.Value.Format(culture), item.Number),
        ReconciliationActions.TakenOver => string.Format(culture, T["“{0}” records {1} as paid for order {2}: it is delivered, or the money is given back when it comes too late or twice."].Value, Action(T, action), item.Theirs!.Value.Format(culture), item.Number),
        ReconciliationActions.WrittenOff when item.Excess is { Minor: > 0 } more => string.Format(culture, T["“{0}” adds {1} to what the provider holds and to the platform's revenue."].Value, Action(T, action), more.Format(culture)),
        ReconciliationActions.WrittenOff when item.Excess is { } less => string.Format(culture, T["“{0}” takes {1} from what the provider holds and from the platform's revenue."].Value, Action(T, action), (Money.Zero(less.Currency) - less).Format(culture)),
        _ => null,
    };

    /// <summary>What an action did to the money; null when nothing was posted.</summary>
    public static string? Posted(IViewLocalizer T, ReconciliationItem item, CultureInfo culture) => item.Posted is not { } posted ? null : item.Action switch
    {
        ReconciliationActions.TakenOver when item.Type == SettlementType.Refund => string.Format(culture, T["Recorded as given back: {0}"].Value, posted.Format(culture)),
        ReconciliationActions.TakenOver when item.Type == SettlementType.Chargeback => string.Format(culture, T["Recorded as lost by a chargeback: {0}"].Value, posted.Format(culture)),
        ReconciliationActions.TakenOver => string.Format(culture, T["Recorded as paid: {0}"].Value, posted.Format(culture)),
        _ when posted.Minor > 0 => string.Format(culture, T["Added to the platform's revenue: {0}"].Value, posted.Format(culture)),
        _ => string.Format(culture, T["Taken from the platform's revenue: {0}"].Value, (Money.Zero(posted.Currency) - posted).Format(culture)),
    };

    /// <summary>What is wrong in a line of a settlement file.</summary>
    public static string Error(IViewLocalizer T, SettlementFileError error) => error.Code switch
    {
        SettlementFileError.ColumnMissing => T["This column is missing in the first line. Fields are separated by commas."].Value,
        SettlementFileError.BadAmount => T["Not an amount above zero, like 12.50."].Value,
        SettlementFileError.TooManyDecimals => T["More decimals than the currency has. Amounts are never rounded."].Value,
        SettlementFileError.UnknownCurrency => T["Not a currency's three letters."].Value,
        SettlementFileError.BadTime => T["Not a time like 2026-11-28T09:30:00+08:00 or 2026-11-28 09:30:00, nor a date like 2026-11-28."].Value,
        SettlementFileError.UnknownType => T["Neither payment, refund, fee nor chargeback."].Value,
        SettlementFileError.BadCsv => T["This line isn't CSV in UTF-8 with as many fields as the first line."].Value,
        _ => T["This field is missing or too long."].Value,
    };
}
