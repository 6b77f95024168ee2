namespace LinkShop.Commerce.Reconciliation;

/// <summary>
/// Compares a file's lines with the events of its period by sorting both, and keeps the few groups that don't fit for <see cref="Add"/> and <see cref="End"/>.
/// A pure function of its inputs: nothing in it knows a database.
/// </summary>
internal sealed class Comparison
{
    private readonly Dictionary<(string PaymentId, SettlementType Type), SettlementGroup> _open = [];

    public Comparison(IReadOnlyList<SettlementLine> lines, IReadOnlyList<OurEvent> events)
    {
        var (theirs, ours) = (lines.Where(l => l.Type != SettlementType.Fee).ToArray(), events.ToArray());
        foreach (var line in lines)
        {
            if (line.Type == SettlementType.Fee)
                Result.AddFee(line);
        }

        Array.Sort(theirs, static (a, b) => Compare(a.PaymentId, a.Type, b.PaymentId, b.Type) is var order && order != 0 ? order : a.Line.CompareTo(b.Line));
        Array.Sort(ours, static (a, b) => Compare(a.PaymentId, a.Type, b.PaymentId, b.Type) is var order && order != 0 ? order
            : (a.OccurredAt.CompareTo(b.OccurredAt), string.CompareOrdinal(a.EventId, b.EventId)) is var (time, id) && time != 0 ? time : id);
        Merge(theirs, ours);
    }

    public ComparisonResult Result { get; } = new();

    /// <summary>Payments with lines that nothing of the period fits.</summary>
    public string[] OpenPayments => [.. _open.Values.Select(g => g.PaymentId).Distinct(StringComparer.Ordinal)];

    /// <summary>Offers an event of another time to the open lines.</summary>
    public void Add(OutsideEvent outside)
    {
        if (_open.TryGetValue((outside.Event.PaymentId, outside.Event.Type), out var group))
            group.Add(outside);
    }

    /// <summary>Decides about what is open.</summary>
    public ComparisonResult End()
    {
        foreach (var group in _open.Values)
            group.End();
        Result.Sort();
        return Result;
    }

    private void Merge(ReadOnlySpan<SettlementLine> theirs, ReadOnlySpan<OurEvent> ours)
    {
        while (!theirs.IsEmpty || !ours.IsEmpty)
        {
            var order = theirs.IsEmpty ? 1 : ours.IsEmpty ? -1 : Compare(theirs[0].PaymentId, theirs[0].Type, ours[0].PaymentId, ours[0].Type);
            var (lines, events) = (order <= 0 ? GroupLength(theirs) : 0, order >= 0 ? GroupLength(ours) : 0);
            // nearly all of a file is this
            if (lines == 1 && events == 1 && theirs[0].Amount == ours[0].Money)
                Result.AddPair(theirs[0], ours[0], outside: false);
            else
                Begin(theirs[..lines], ours[..events]);
            theirs = theirs[lines..];
            ours = ours[events..];
        }
    }

    private void Begin(ReadOnlySpan<SettlementLine> lines, ReadOnlySpan<OurEvent> events)
    {
        var (paymentId, type) = lines.IsEmpty ? (events[0].PaymentId, events[0].Type) : (lines[0].PaymentId, lines[0].Type);
        var group = new SettlementGroup(type, Result);
        group.Begin(lines, events);
        if (group.IsOpen)
            _open.Add((paymentId, type), group);
    }

    private static int GroupLength(ReadOnlySpan<SettlementLine> lines)
    {
        var length = 1;
        while (length < lines.Length && Compare(lines[0].PaymentId, lines[0].Type, lines[length].PaymentId, lines[length].Type) == 0)
            length++;
        return length;
    }

    private static int GroupLength(ReadOnlySpan<OurEvent> events)
    {
        var length = 1;
        while (length < events.Length && Compare(events[0].PaymentId, events[0].Type, events[length].PaymentId, events[length].Type) == 0)
            length++;
        return length;
    }

    private static int Compare(string leftId, SettlementType leftType, string rightId, SettlementType rightType) =>
        string.CompareOrdinal(leftId, rightId) is var order && order != 0 ? order : leftType.CompareTo(rightType);
}
