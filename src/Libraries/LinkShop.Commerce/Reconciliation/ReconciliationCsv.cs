using System.Globalization;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Items as CSV. All texts in it came from outside, so each is made harmless.</summary>
internal static class ReconciliationCsv
{
    public const string Header =
        "id,outcome,state,type,payment_id,order_id,reference,line,time,their_amount,their_currency,our_amount,our_currency,settled_before,action,posted_amount,posted_currency,note,resolved_by,resolved_at";

    public static string Line(ReconciliationItem item) => string.Join(',',
        item.Id.ToString(CultureInfo.InvariantCulture),
        ReconciliationActions.CodeOf(item.Outcome),
        item.State == ReconciliationItemState.Open ? "open" : "resolved",
        item.Type.ToString().ToLowerInvariant(),
        Csv.Harmless(item.PaymentId),
        Csv.Harmless(item.OrderId),
        Csv.Harmless(item.Reference),
        item.Line?.ToString(CultureInfo.InvariantCulture),
        Time(item.At),
        item.Theirs?.ToDecimalString(),
        item.Theirs?.Currency,
        item.Ours?.ToDecimalString(),
        item.Ours?.Currency,
        item.SettledBefore ? "yes" : "no",
        item.Action,
        item.Posted?.ToDecimalString(),
        item.Posted?.Currency,
        Csv.Harmless(item.Note),
        Csv.Harmless(item.ResolvedBy),
        Time(item.ResolvedAt));

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";
}
