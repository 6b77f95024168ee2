namespace LinkShop.Commerce.Reconciliation;

/// <summary>The lines and events of one payment and type, as long as they aren't all paired.</summary>
internal sealed class SettlementGroup(SettlementType type, ComparisonResult result)
{
    // of one payment a payment and a chargeback can be only one; refunds are as many as there are
    private readonly bool _several = type == SettlementType.Refund;
    private readonly List<SettlementLine> _lines = [];
    private readonly List<OurEvent> _events = [];
    private readonly List<OutsideEvent> _outside = [];
    private readonly HashSet<(Money Amount, DateTimeOffset At)> _paired = [];
    private bool _hasPair;

    public string PaymentId => _lines[0].PaymentId;

    public SettlementType Type => type;

    /// <summary>Whether there are lines that nothing of ours in the period fits.</summary>
    public bool IsOpen => _lines.Count > 0;

    private bool MayPair => _several || !_hasPair;

    /// <summary>Adds the lines, in the file's order, and the period's events, and pairs those with one amount.</summary>
    public void Begin(ReadOnlySpan<SettlementLine> lines, ReadOnlySpan<OurEvent> events)
    {
        var references = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            // the provider's own id of a line tells a repetition from a second refund of the same amount
            if (line.Reference is null || references.Add(line.Reference))
                _lines.Add(line);
            else
                result.AddDuplicate(line);
        }

        // what a provider told twice by different events is still one payment
        _events.AddRange(_several || events.Length == 0 ? events : events[..1]);
        _events.RemoveAll(e => PairEqual(e, outside: false));
        if (!IsOpen || !MayPair)
            End();
    }

    /// <summary>Adds an event of another time.</summary>
    public void Add(OutsideEvent outside) => _outside.Add(outside);

    /// <summary>Pairs what is left as far as it goes, and tells the rest apart.</summary>
    public void End()
    {
        _outside.RemoveAll(o => !o.Settled && MayPair && PairEqual(o.Event, outside: true));
        if (IsOpen && MayPair)
            PairUnequal();
        foreach (var line in _lines)
        {
            if (IsRepetition(line))
                result.AddDuplicate(line);
            else
                result.AddMissingHere(line, _outside.Exists(o => o.Settled && (!_several || o.Event.Money == line.Amount)));
            _paired.Add((line.Amount, line.At));
            _hasPair = true;
        }

        foreach (var ours in _events)
            result.AddMissingThere(ours);
        _lines.Clear();
        _events.Clear();
    }

    private void PairUnequal()
    {
        // nearest amounts together, and the same on every run
        _lines.Sort(static (a, b) => (a.Amount.Minor, a.Line).CompareTo((b.Amount.Minor, b.Line)));
        _events.Sort(static (a, b) => (a.Amount, a.OccurredAt).CompareTo((b.Amount, b.OccurredAt)));
        PairInTurn(_events, static e => e, outside: false);
        // an old refund of another amount that no file missed is another refund
        if (MayPair)
            PairInTurn(_outside.FindAll(o => !o.Settled && (!_several || o.Missed)), static o => o.Event, outside: true);
        _lines.Sort(static (a, b) => a.Line.CompareTo(b.Line));
    }

    private void PairInTurn<T>(List<T> ours, Func<T, OurEvent> eventOf, bool outside)
    {
        var count = Math.Min(_several ? int.MaxValue : 1, Math.Min(_lines.Count, ours.Count));
        for (var i = 0; i < count; i++)
            Pair(_lines[i], eventOf(ours[i]), outside);
        _lines.RemoveRange(0, count);
        ours.RemoveRange(0, count);
    }

    private bool PairEqual(OurEvent ours, bool outside)
    {
        var index = _lines.FindIndex(l => l.Amount == ours.Money);
        if (index < 0)
            return false;
        Pair(_lines[index], ours, outside);
        _lines.RemoveAt(index);
        return true;
    }

    private void Pair(SettlementLine line, OurEvent ours, bool outside)
    {
        result.AddPair(line, ours, outside);
        _paired.Add((line.Amount, line.At));
        _hasPair = true;
    }

    private bool IsRepetition(SettlementLine line) => _several ? line.Reference is null && _paired.Contains((line.Amount, line.At)) : _hasPair;
}
