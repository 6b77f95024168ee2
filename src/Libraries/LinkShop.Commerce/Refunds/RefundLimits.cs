using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Refunds;

/// <summary>How much of an order can go back.</summary>
internal static class RefundLimits
{
    public static CommerceError? Malformed(RefundDraft draft)
    {
        if (draft.Id is not { Length: >= 1 and <= 64 })
            return new(CommerceErrors.Invalid, "A refund's id has 1 to 64 characters.", "id");
        if (!Enum.IsDefined(draft.Reason) || !Enum.IsDefined(draft.Payer))
            return new(CommerceErrors.Invalid, "There is no such reason or payer.", "reason");
        if (draft.Text is null || draft.Text.Length > 1000)
            return new(CommerceErrors.TooLong, "At most 1,000 characters.", "text");
        if (draft.Lines.Count == 0 || draft.Lines.DistinctBy(l => l.Line).Count() != draft.Lines.Count)
            return new(CommerceErrors.Invalid, "Name each line once.", "lines");
        for (var i = 0; i < draft.Lines.Count; i++)
        {
            if (draft.Lines[i].Minor <= 0)
                return new(CommerceErrors.Invalid, "An amount must be above zero.", $"lines[{i}].minor");
        }

        return null;
    }

    /// <summary>Of a request no more is agreed to than was asked for, and the buyer hears why it is less.</summary>
    public static CommerceError? Less(IReadOnlyList<RefundLine> asked, IReadOnlyList<RefundLine> agreed, string? note)
    {
        if (agreed.Count == 0 || agreed.DistinctBy(l => l.Line).Count() != agreed.Count)
            return new(CommerceErrors.Required, "Name what is agreed to, each line once.", "lines");
        for (var i = 0; i < agreed.Count; i++)
        {
            if (agreed[i].Minor <= 0)
                return new(CommerceErrors.Invalid, "An amount must be above zero.", $"lines[{i}].minor");
            if (agreed[i].Minor > (asked.FirstOrDefault(l => l.Line == agreed[i].Line)?.Minor ?? 0))
                return new(CommerceErrors.RefundTooHigh, "More than the buyer asked for: give the rest back by yourself.", $"lines[{i}].minor");
        }

        return agreed.Sum(l => l.Minor) < asked.Sum(l => l.Minor) && string.IsNullOrWhiteSpace(note) ? new(CommerceErrors.Required, "Tell the buyer why it is less.", "note") : null;
    }

    /// <summary>Never more of a line than is still paid of it. The order's lock is held.</summary>
    public static async Task<CommerceError?> CheckAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, IReadOnlyList<RefundLine> wanted)
    {
        var order = rows[0];
        if (order.SupplyShop is not null)
            return SupplyRules.Bound;
        if (order.State == OrderState.Disputed)
            return new(CommerceErrors.IllegalTransition, "The payment is disputed: the provider decides who gets the money.");
        var kept = await KeptAsync(connection, order).ConfigureAwait(false);
        for (var i = 0; i < wanted.Count; i++)
        {
            var most = kept.GetValueOrDefault(wanted[i].Line);
            if (wanted[i].Minor > most)
                return new(CommerceErrors.RefundTooHigh, $"At most {new Money(most, order.Currency)} of this line can go back.", $"lines[{i}].minor");
        }

        return null;
    }

    /// <summary>What of each line is still paid.</summary>
    public static async Task<Dictionary<int, long>> KeptAsync(ICommerceConnection connection, OrderRow order)
    {
        var lines = await SplitStore.ReadAsync(connection, order.Id).ConfigureAwait(false);
        var kept = OrderBooks.KeptOf(lines, await OrderBooks.RefundsAsync(connection, order, lines).ConfigureAwait(false), order.Captured);
        return lines.Select((l, i) => (l.Line, Kept: kept[i])).ToDictionary(l => l.Line, l => l.Kept);
    }
}
