using LinkShop.Commerce.Data;
using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.Outbox;

/// <summary>The worker's statements: claim, complete, retry, bury. All across the tenants of one database.</summary>
internal sealed class OutboxStore(TimeProvider time, IOptions<OutboxOptions> options)
{
    private const int MaxError = 2000;

    private static readonly string ClaimSqlite = Claim("in (select id from outbox where due_at <= @now and " + CommerceSql.Settled + " order by due_at limit @take)");
    private static readonly string ClaimPostgres = Claim("= any(array(select id from outbox where due_at <= @now and " + CommerceSql.Settled + " order by due_at limit @take for update skip locked))");

    // a worker whose lease ran out must not touch what another has claimed since
    private readonly string _owner = Guid.NewGuid().ToString("N");

    public Task<IReadOnlyList<OutboxMessage>> ClaimAsync(ICommerceDatabase database, CancellationToken cancellationToken)
        => database.WriteSystemAsync(
            connection => connection.QueryAsync<OutboxMessage>(
                connection.Dialect == CommerceDialect.Sqlite ? ClaimSqlite : ClaimPostgres,
                new { owner = _owner, now = time.GetUtcNow(), until = time.GetUtcNow() + options.Value.Lease, take = options.Value.BatchSize }),
            cancellationToken);

    public Task CompleteAsync(ICommerceDatabase database, IReadOnlyList<long> ids)
        => ids.Count == 0 ? Task.CompletedTask : database.WriteSystemAsync(
            connection => connection.ExecuteAsync($"delete from outbox where id {connection.In("ids")} and owner = @owner", new { ids, owner = _owner }));

    /// <summary>Makes the lease of messages last until then.</summary>
    /// <returns>Those that are still this process's.</returns>
    public async Task<IReadOnlySet<long>> RenewAsync(ICommerceDatabase database, IReadOnlyList<long> ids, DateTimeOffset until)
        => (await database.WriteSystemAsync(
            connection => connection.QueryAsync<long>($"update outbox set due_at = @until where id {connection.In("ids")} and owner = @owner returning id", new { ids, until, owner = _owner })).ConfigureAwait(false)).ToHashSet();

    /// <summary>Gives back messages that nobody has looked at: that was no attempt.</summary>
    public Task GiveBackAsync(ICommerceDatabase database, IReadOnlyList<(long[] Ids, DateTimeOffset Due)> groups)
        => groups.Count == 0 ? Task.CompletedTask : database.WriteSystemAsync(async connection =>
        {
            foreach (var (ids, due) in groups)
            {
                await connection.ExecuteAsync(
                    $"update outbox set due_at = @due, owner = null, attempts = attempts - 1 where id {connection.In("ids")} and owner = @owner",
                    new { ids, due, owner = _owner }).ConfigureAwait(false);
            }
        });

    public Task FailAsync(ICommerceDatabase database, IReadOnlyList<(OutboxMessage Message, Exception? Error, string? Done)> failures)
        => failures.Count == 0 ? Task.CompletedTask : database.WriteSystemAsync(async connection =>
        {
            foreach (var (message, error, done) in failures)
            {
                await FailAsync(connection, message, error, done).ConfigureAwait(false);
            }
        });

    private static string Claim(string where)
        => $"update outbox set owner = @owner, due_at = @until, attempts = attempts + 1 where id {where} returning id, tenant, type, payload, attempts as attempt, created_at, done";

    private async Task FailAsync(ICommerceConnection connection, OutboxMessage message, Exception? error, string? done)
    {
        var now = time.GetUtcNow();
        if (error is not (null or TenantNotRunningException or Placement.TenantMovingException) && message.Attempt >= options.Value.MaxAttempts)
        {
            var buried = await connection.ExecuteAsync(
                """
                insert into outbox_dead (id, tenant, type, payload, created_at, attempts, last_error, died_at, done)
                select id, tenant, type, payload, created_at, attempts, @text, @now, @done from outbox where id = @id and owner = @owner
                """,
                new { id = message.Id, owner = _owner, text = Describe(error), now, done }).ConfigureAwait(false);
            if (buried == 1)
            {
                await connection.ExecuteAsync("delete from outbox where id = @id", new { id = message.Id }).ConfigureAwait(false);
            }

            return;
        }

        // without an error the process is stopping: the next one may have it at once. A tenant that is stopped for a week has lost no message then.
        var due = error is null or Placement.TenantMovingException ? now : error is TenantNotRunningException ? now + options.Value.StoppedTenantDelay : now + Pause(message.Attempt);
        await connection.ExecuteAsync(
            "update outbox set due_at = @due, owner = null, attempts = attempts - @uncounted, done = @done where id = @id and owner = @owner",
            new { id = message.Id, owner = _owner, due, done, uncounted = error is TenantNotRunningException or Placement.TenantMovingException ? 1 : 0 }).ConfigureAwait(false);
    }

    private TimeSpan Pause(int attempt)
    {
        var doubled = options.Value.BaseDelay * Math.Pow(2, Math.Min(attempt - 1, 20));
        var pause = doubled < options.Value.MaxDelay ? doubled : options.Value.MaxDelay;
        return pause * (0.75 + (Random.Shared.NextDouble() / 2));
    }

    private static string Describe(Exception error)
    {
        var text = string.Join("; ", (error as AggregateException)?.Flatten().InnerExceptions.Select(One) ?? [One(error)]);
        // databases keep neither a zero character nor half of another one: what can't be stored would come again for ever
        return string.Concat((text.Length <= MaxError ? text : text[..MaxError]).Replace('\0', ' ').EnumerateRunes().Select(rune => rune.ToString()));

        static string One(Exception e) => $"{e.GetType().Name}: {e.Message}";
    }
}
