using System.Threading.Channels;

namespace LinkShop.Commerce.Data;

/// <summary>Stores rows that nobody waits for, in a task of its own, many in one commit. A crash loses those of the last moments, and so does a commit that fails: both are told.</summary>
/// <typeparam name="T">A row.</typeparam>
internal sealed class BackgroundWriter<T> : IAsyncDisposable
{
    // a commit for each row would be as many as those that somebody waits for
    private static readonly TimeSpan Collect = TimeSpan.FromMilliseconds(50);

    private readonly ICommerceDatabase _database;
    private readonly int _batch;
    private readonly Func<T, string> _tenantOf;
    private readonly Func<ICommerceConnection, List<T>, Task> _store;
    private readonly Action<Exception, int> _lost;
    private readonly Channel<T> _rows;
    private readonly Task _writing;
    private int _unwritten;
    private TaskCompletionSource? _drained;

    /// <param name="database">Where to.</param>
    /// <param name="capacity">How many may wait; one more is dropped.</param>
    /// <param name="batch">How many share a commit at most.</param>
    /// <param name="tenantOf">Whose a row is: rows are stored where their tenant is.</param>
    /// <param name="store">Writes some rows of one database, across tenants. Those of a tenant that is being moved it leaves out.</param>
    /// <param name="lost">Hears of a commit that failed, with the number of rows.</param>
    /// <param name="dropped">Hears of a row that found no place.</param>
    public BackgroundWriter(
        ICommerceDatabase database, int capacity, int batch, Func<T, string> tenantOf, Func<ICommerceConnection, List<T>, Task> store, Action<Exception, int> lost, Action<T> dropped)
    {
        (_database, _batch, _tenantOf, _store, _lost) = (database, batch, tenantOf, store, lost);
        _rows = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, row =>
        {
            dropped(row);
            Written(1);
        });
        _writing = Task.Run(WriteAllAsync);
    }

    public void Add(T row)
    {
        Interlocked.Increment(ref _unwritten);
        if (!_rows.Writer.TryWrite(row))
            Written(1);
    }

    /// <summary>Completes when everything that was added so far is stored.</summary>
    public Task FlushAsync()
    {
        var waiting = Interlocked.CompareExchange(ref _drained, null, null);
        if (waiting is null)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = Interlocked.CompareExchange(ref _drained, mine, null) ?? mine;
        }

        Written(0);
        return waiting.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _rows.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<T>(_batch);
        while (await _rows.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_rows.Reader.Count < _batch)
                await Task.Delay(Collect).ConfigureAwait(false);
            batch.Clear();
            while (batch.Count < _batch && _rows.Reader.TryRead(out var row))
                batch.Add(row);
            foreach (var some in Places(batch))
                await StoreAsync(some.Database, some.Rows).ConfigureAwait(false);
            Written(batch.Count);
        }
    }

    private List<(ICommerceDatabase Database, List<T> Rows)> Places(List<T> batch)
    {
        try
        {
            return [.. batch.GroupBy(r => _database.HomeOf(new TenantScope(_tenantOf(r)))).Select(g => (g.Key, g.ToList()))];
        }
        catch (Exception e)
        {
            _lost(e, batch.Count);
            return [];
        }
    }

    // what can't be written must not end the writing of what comes after, or elsewhere
    private async Task StoreAsync(ICommerceDatabase database, List<T> rows)
    {
        try
        {
            await database.WriteSystemAsync(c => _store(c, rows)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _lost(e, rows.Count);
        }
    }

    private void Written(int count)
    {
        if (Interlocked.Add(ref _unwritten, -count) == 0)
            Interlocked.Exchange(ref _drained, null)?.SetResult();
    }
}
