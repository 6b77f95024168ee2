namespace LinkShop.Commerce.Reconciliation;

/// <summary>A difference on its way into the database.</summary>
internal sealed record Difference(SettlementLine? Line, OurEvent? Event, ReconciliationOutcome Outcome, bool SettledBefore);

/// <summary>What a comparison comes to.</summary>
internal sealed class ComparisonResult
{
    private readonly int[] _counts = new int[Enum.GetValues<ReconciliationOutcome>().Length];
    private readonly SortedDictionary<(SettlementType Type, string Currency), (long Theirs, long Ours)> _sums = [];
    private readonly List<Difference> _differences = [];
    private readonly List<OurEvent> _settled = [];
    private readonly List<OurEvent> _carried = [];

    public int Lines { get; private set; }

    public int Fees { get; private set; }

    public IReadOnlyList<Difference> Differences => _differences;

    /// <summary>Events that the file has, whatever amount it has.</summary>
    public IReadOnlyList<OurEvent> Settled => _settled;

    /// <summary>Those of them that happened outside the period.</summary>
    public IReadOnlyList<OurEvent> Carried => _carried;

    public IEnumerable<ReconciliationSum> Sums =>
        _sums.Select(s => new ReconciliationSum(s.Key.Type, new Money(s.Value.Theirs, s.Key.Currency), new Money(s.Value.Ours, s.Key.Currency)));

    public int Count(ReconciliationOutcome outcome) => _counts[(int)outcome];

    public void AddFee(SettlementLine line)
    {
        Lines++;
        Fees++;
        Sum(line.Type, line.Amount, theirs: true);
    }

    /// <summary>Both sides have it.</summary>
    public void AddPair(SettlementLine line, OurEvent ours, bool outside)
    {
        _settled.Add(ours);
        if (outside)
            _carried.Add(ours);
        Add(line, ours, line.Amount == ours.Money ? ReconciliationOutcome.Matched : ReconciliationOutcome.AmountDiffers);
    }

    public void AddMissingHere(SettlementLine line, bool settledBefore) => Add(line, null, ReconciliationOutcome.MissingHere, settledBefore);

    public void AddMissingThere(OurEvent ours) => Add(null, ours, ReconciliationOutcome.MissingThere);

    public void AddDuplicate(SettlementLine line) => Add(line, null, ReconciliationOutcome.DuplicateInFile);

    /// <summary>The differences as people see them: in the file's order, and after those by time what it lacks.</summary>
    public void Sort() => _differences.Sort(static (a, b) => (a.Line, b.Line) switch
    {
        ({ } x, { } y) => x.Line.CompareTo(y.Line),
        ({ }, null) => -1,
        (null, { }) => 1,
        _ => (a.Event!.OccurredAt.CompareTo(b.Event!.OccurredAt), string.CompareOrdinal(a.Event.EventId, b.Event.EventId)) is var (time, id) && time != 0 ? time : id,
    });

    private void Add(SettlementLine? line, OurEvent? ours, ReconciliationOutcome outcome, bool settledBefore = false)
    {
        _counts[(int)outcome]++;
        if (line is not null)
        {
            Lines++;
            Sum(line.Type, line.Amount, theirs: true);
        }

        if (ours is not null)
            Sum(ours.Type, ours.Money, theirs: false);
        if (outcome != ReconciliationOutcome.Matched)
            _differences.Add(new Difference(line, ours, outcome, settledBefore));
    }

    private void Sum(SettlementType type, Money amount, bool theirs)
    {
        var sum = _sums.GetValueOrDefault((type, amount.Currency));
        _sums[(type, amount.Currency)] = checked(theirs ? (sum.Theirs + amount.Minor, sum.Ours) : (sum.Theirs, sum.Ours + amount.Minor));
    }
}
