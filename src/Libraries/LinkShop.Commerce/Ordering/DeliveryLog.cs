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

    private const string Insert = """
        insert into order_log (tenant, order_id, id, at, kind, actor) select @owner, @orderId, @id, @at, @kind, null
        where not exists (select 1 from tenant_move where tenant = @owner) on conflict do nothing
        """;

    private const string InsertAll = """
        insert into order_log (tenant, order_id, id, at, kind) select * from unnest(@owners, @orderIds, @ids, @times, @kinds) as e (tenant)
        where e.tenant not in (select tenant from tenant_move) on conflict do nothing
        """;

    private readonly BackgroundWriter<Entry> _writer;
    private readonly TimeProvider _clock;

    public DeliveryLog(ICommerceDatabase database, ILogger<DeliveryLog> logger, TimeProvider clock)
    {
        _clock = clock;
        // a log that can't be written must not keep buyers from their goods
        _writer = new(
            database, MaxWaiting, Batch, static e => e.Tenant, Store, (error, count) => logger.LogError(error, "Lost {Count} entries of the delivery log", count),
            entry => logger.LogWarning("The delivery log is full; lost an entry of order {OrderId}", entry.OrderId));
    }

    public void Record(TenantScope scope, string orderId, string kind) => _writer.Add(new Entry(scope.Tenant, orderId, kind, _clock.GetUtcNow()));

    /// <summary>Completes when everything recorded so far is stored.</summary>
    public Task FlushAsync() => _writer.FlushAsync();

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static Task Store(ICommerceConnection connection, List<Entry> entries)
    {
        // in key order: another process may be writing the same orders' views
        entries.Sort(static (a, b) => string.CompareOrdinal(a.OrderId, b.OrderId));
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

    private readonly record struct Entry(string Tenant, string OrderId, string Kind, DateTimeOffset At)
    {
        public string Id => $"{At.ToUnixTimeSeconds() / 3600:D8}-{Kind}";
    }
}
