using LinkShop.Commerce.Data;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Outbox;

/// <inheritdoc />
internal sealed partial class OutboxAdmin(ICommerceDatabase database, TimeProvider time, OutboxSignal signal, ILogger<OutboxAdmin> logger) : IOutboxAdmin
{
    private const int MaxReplayed = 1000;

    private const string Columns = "id, type, payload, attempts, last_error, created_at, died_at";

    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(TenantScope scope, int skip, int take, CancellationToken cancellationToken = default)
        => database.ReadAsync(
            scope,
            connection => connection.QueryAsync<DeadLetter>(
                $"select {Columns} from outbox_dead where tenant = @tenant order by id desc limit @take offset @skip",
                new { skip, take }),
            cancellationToken);

    public Task<DeadLetter?> FindDeadLetterAsync(TenantScope scope, long id, CancellationToken cancellationToken = default)
        => database.ReadAsync(
            scope,
            connection => connection.QuerySingleOrDefaultAsync<DeadLetter>($"select {Columns} from outbox_dead where tenant = @tenant and id = @id", new { id }),
            cancellationToken);

    public async Task<bool> DiscardAsync(TenantScope scope, long id, string actor, string reason, CancellationToken cancellationToken = default)
    {
        var deleted = await database.WriteAsync(
            scope,
            connection => connection.ExecuteAsync("delete from outbox_dead where tenant = @tenant and id = @id", new { id }),
            cancellationToken).ConfigureAwait(false);
        if (deleted == 1)
        {
            LogDiscard(id, scope.Tenant, actor, reason);
        }

        return deleted == 1;
    }

    public Task<int> ReplayAsync(TenantScope scope, long? id = null, CancellationToken cancellationToken = default)
        => database.WriteAsync(
            scope,
            async connection =>
            {
                // the same ones in both statements: another may die between them, and would be deleted without being sent
                var ids = await connection.QueryAsync<long>("select id from outbox_dead where tenant = @tenant and id = coalesce(@id, id) order by id" + connection.ForUpdate(), new { id }).ConfigureAwait(false);
                var replayed = 0;
                foreach (var some in ids.Chunk(MaxReplayed))
                {
                    replayed += await connection.ExecuteAsync(
                        $"""
                        insert into outbox (id, tenant, type, payload, created_at, due_at, done)
                        select id, tenant, type, payload, created_at, @now, done from outbox_dead where tenant = @tenant and id {connection.In("some")}
                        """,
                        new { some, now = time.GetUtcNow() }).ConfigureAwait(false);
                    await connection.ExecuteAsync($"delete from outbox_dead where tenant = @tenant and id {connection.In("some")}", new { some }).ConfigureAwait(false);
                }

                connection.OnCommitted(signal.Set);
                return replayed;
            },
            cancellationToken);

    public async Task<OutboxCounts> CountAsync(TenantScope scope, CancellationToken cancellationToken = default)
        => (await database.ReadAsync(
            scope,
            connection => connection.QuerySingleOrDefaultAsync<OutboxCounts>(
                "select (select count(*) from outbox where tenant = @tenant) as pending, (select count(*) from outbox_dead where tenant = @tenant) as dead"),
            cancellationToken).ConfigureAwait(false))!;

    public async Task<IReadOnlyDictionary<string, long>> CountDeadByTenantAsync(CancellationToken cancellationToken = default)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var each in database.EveryDatabase)
        {
            // the copy of a tenant that is being moved counts once
            var rows = await each.ReadSystemAsync(
                connection => connection.QueryAsync<TenantCount>(
                    "select tenant, count(*) as count from outbox_dead where tenant not in (select tenant from tenant_move where role <> 'Leaving') group by tenant"),
                cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
                counts[row.Tenant] = row.Count;
        }

        return counts;
    }

    private sealed record TenantCount(string Tenant, long Count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dead letter {Id} of {Tenant} was discarded by {Actor}: {Reason}")]
    private partial void LogDiscard(long id, string tenant, string actor, string reason);
}
