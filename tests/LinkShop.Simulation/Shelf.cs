namespace LinkShop.Simulation;

/// <summary>Keys of a resold good as the model sees them: by the import they came with, the oldest go first, and those of a recalled import never go again.</summary>
internal sealed class Shelf
{
    private readonly List<(long Batch, int Left)> _batches = [];
    private readonly Dictionary<string, List<(long Batch, int Taken)>> _held = [];
    private readonly HashSet<long> _recalled = [];

    public int Left => _batches.Sum(b => b.Left);

    public IReadOnlyList<long> Batches => [.. _batches.Select(b => b.Batch).Where(b => !_recalled.Contains(b))];

    public void Fill(long batch, int keys) => _batches.Add((batch, keys));

    public bool Take(string order, int quantity)
    {
        if (Left < quantity)
            return false;
        var held = _held[order] = [];
        for (var i = 0; i < _batches.Count && quantity > 0; i++)
        {
            var taken = Math.Min(quantity, _batches[i].Left);
            if (taken > 0)
                held.Add((_batches[i].Batch, taken));
            _batches[i] = (_batches[i].Batch, _batches[i].Left - taken);
            quantity -= taken;
        }

        return true;
    }

    public void PutBack(string order)
    {
        _held.Remove(order, out var held);
        foreach (var (batch, taken) in held ?? [])
        {
            var at = _batches.FindIndex(b => b.Batch == batch);
            if (!_recalled.Contains(batch))
                _batches[at] = (batch, _batches[at].Left + taken);
        }
    }

    public IEnumerable<(string Order, int Keys)> Holders(long batch) => _held.Select(h => (h.Key, h.Value.Where(p => p.Batch == batch).Sum(p => p.Taken))).Where(h => h.Item2 > 0);

    /// <summary>An order holds other keys than before.</summary>
    public void Hold(string order, IReadOnlyList<(long Batch, int Keys)> now)
    {
        var before = _held[order].Sum(h => h.Taken);
        PutBack(order);
        _held[order] = [.. now];
        foreach (var (batch, keys) in now)
        {
            var at = _batches.FindIndex(b => b.Batch == batch);
            if (_recalled.Contains(batch) || _batches[at].Left < keys)
                throw new Breach("an order holds recalled keys, or more than there are");
            _batches[at] = (batch, _batches[at].Left - keys);
        }

        if (now.Sum(n => n.Keys) != before)
            throw new Breach("an order holds more or fewer keys after an exchange");
    }

    public void Recall(long batch)
    {
        _recalled.Add(batch);
        _batches[_batches.FindIndex(b => b.Batch == batch)] = (batch, 0);
    }
}
