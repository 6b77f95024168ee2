namespace LinkShop.Commerce.KeyPools;

/// <summary>A key on its way into the database.</summary>
internal sealed record NewKey(long Line, byte[] Hash, byte[] Secret, string? Label, string? Note);

/// <summary>Some lines of a file.</summary>
internal sealed class KeyChunk
{
    private readonly HashSet<UInt128> _hashes = [];

    public List<NewKey> Keys { get; } = [];

    public List<SkippedLine> Problems { get; } = [];

    public long LastLine { get; set; }

    public long BytesRead { get; set; }

    /// <summary>Adds a key unless the chunk has it; the database finds duplicates across chunks.</summary>
    public void Add(NewKey key)
    {
        if (_hashes.Add(BitConverter.ToUInt128(key.Hash)))
        {
            Keys.Add(key);
        }
        else
        {
            Problems.Add(new SkippedLine(key.Line, KeyLineProblem.DuplicateInFile));
        }
    }
}

/// <summary>Counts of an import as it goes on.</summary>
internal sealed class KeyImportTally
{
    private readonly List<SkippedLine> _skipped = [];
    private long _lines;

    public long Imported { get; private set; }

    public long Duplicates { get; private set; }

    public long Bad { get; private set; }

    public void Add(KeyChunk chunk, IReadOnlyList<SkippedLine> refused)
    {
        _lines = chunk.LastLine;
        Imported += chunk.Keys.Count - refused.Count;
        foreach (var skipped in chunk.Problems.Concat(refused).OrderBy(s => s.Line))
        {
            if (skipped.Problem is KeyLineProblem.DuplicateInFile or KeyLineProblem.DuplicateInPool)
            {
                Duplicates++;
            }
            else
            {
                Bad++;
            }

            if (_skipped.Count < KeyImportReport.MaxSkippedListed)
            {
                _skipped.Add(skipped);
            }
        }
    }

    public KeyImportReport Report(long batchId) => new(batchId, _lines, Imported, Duplicates, Bad, _skipped);
}
