using System.Threading.Channels;
using LinkShop.Commerce.Data;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Ordering;

/// <summary>
/// Records that a buyer has seen or downloaded what was delivered. Reading must not wait for a commit, so entries are written by a background
/// task, many together; a crash can lose those of the last moments, and what is looked at while a shop moves to another database isn't recorded. Views of one order within an hour are one entry.
/// </summary>
internal sealed class DeliveryLog : IAsyncDisposable
{
    private const int MaxWaiting = 100_000;
    private const int Batch = 500;

    // a commit for each look at an order would be as many as the orders' own
    private static readonly TimeSpan Collect = TimeSpan.FromMilliseconds(50);

    private const string Insert = """
        insert into order_log (tenant, order_id, id, at, kind, actor) select @owner, @orderId, @id, @at, @kind, null
        where not exists (select 1 from tenant_move where tenant = @owner) on conflict do nothing
        """;

    private const string InsertAll = """
        insert into order_log (tenant, order_id, id, at, kind) select * from unnest(@owners, @orderIds, @ids, @times, @kinds) as e (tenant)
        where e.tenant not in (select tenant from tenant_move) on conflict do nothing
        """;

    private readonly ICommerceDatabase _database;
    private readonly ILogger<DeliveryLog> _logger;
    private readonly TimeProvider _clock;
    private readonly Channel<Entry> _entries;
    private readonly Task _writer;
    private int _unwritten;
    private TaskCompletionSource? _drained;

    public DeliveryLog(ICommerceDatabase database, ILogger<DeliveryLog> logger, TimeProvider clock)
    {
        (_database, _logger, _clock) = (database, logger, clock);
        _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, Dropped);
        _writer = Task.Run(WriteAllAsync);
    }

    public void Record(TenantScope scope, string orderId, string kind)
    {
        Interlocked.Increment(ref _unwritten);
        if (!_entries.Writer.TryWrite(new Entry(scope.Tenant, orderId, kind, _clock.GetUtcNow())))
            Written(1);
    }

    /// <summary>Completes when everything recorded so far is stored.</summary>
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
        _entries.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Entry>(Batch);
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_entries.Reader.Count < Batch)
                await Task.Delay(Collect).ConfigureAwait(false);
            batch.Clear();
            while (batch.Count < Batch && _entries.Reader.TryRead(out var entry))
                batch.Add(entry);
            try
            {
                // in key order: another process may be writing the same orders' views
                batch.Sort(static (a, b) => string.CompareOrdinal(a.OrderId, b.OrderId));
                foreach (var some in batch.GroupBy(e => _database.HomeOf(new TenantScope(e.Tenant))))
                    await some.Key.WriteSystemAsync(c => Store(c, [.. some])).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // a log that can't be written must not keep buyers from their goods
                _logger.LogError(e, "Lost {Count} entries of the delivery log", batch.Count);
            }

            Written(batch.Count);
        }
    }

    private static Task Store(ICommerceConnection connection, List<Entry> entries)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
        {
            connection.Defer(InsertAll, new
            {
                owners = entries.ConvertAll(e => e.Tenant),
                orderIds = entries.ConvertAll(e => e.OrderId),
                ids = entries.ConvertAll(e => e.Id),
                times = entries.ConvertAll(e => e.At.ToUnixTimeMilliseconds()),
                kinds = entries.ConvertAll(e => e.Kind),
            });
            return Task.CompletedTask;
        }

        foreach (var entry in entries)
            connection.Defer(Insert, new { owner = entry.Tenant, orderId = entry.OrderId, id = entry.Id, at = entry.At, kind = entry.Kind });
        return Task.CompletedTask;
    }

    private void Dropped(Entry entry)
    {
        _logger.LogWarning("The delivery log is full; lost an entry of order {OrderId}", entry.OrderId);
        Written(1);
    }

    private void Written(int count)
    {
        if (Interlocked.Add(ref _unwritten, -count) == 0)
            Interlocked.Exchange(ref _drained, null)?.SetResult();
    }

    private readonly record struct Entry(string Tenant, string OrderId, string Kind, DateTimeOffset At)
    {
        public string Id => $"{At.ToUnixTimeSeconds() / 3600:D8}-{Kind}";
    }
}
