using LinkShop.Commerce.Placement;
using Npgsql;

namespace LinkShop.Commerce.Data;

/// <summary>A work's view of a PostgreSQL connection. Deferred statements, among them <c>begin</c>, travel with the next one.</summary>
internal sealed class PostgresCommerceConnection(NpgsqlConnection connection, string? tenant, bool canWrite, CommerceHome? home, PostgresCommerceConnection? outer = null) : CommerceConnection(tenant, canWrite, home, outer), ICommerceConnection
{
    private readonly Queued _queue = outer?._queue ?? new();

    public CommerceDialect Dialect => CommerceDialect.Postgres;

    /// <summary>Whether the server has seen anything of this work.</summary>
    public bool HasSent => _queue.Sent > 0;

    public ICommerceConnection For(TenantScope scope) => scope.Tenant == Tenant ? this : new PostgresCommerceConnection(connection, Neighbour(scope), CanWrite, Home, this);

    /// <summary>Queues a statement of the database layer itself, past the tenant check.</summary>
    public void DeferControl(string sql) => Pending.BatchCommands.Add(new NpgsqlBatchCommand(sql));

    public void Defer(string sql, object? parameters = null)
    {
        Add(sql, parameters);
        // a lock taken by a select
        if (SqlText.Of(sql).IsRead)
            (_queue.Before ??= []).Add(null);
    }

    public DeferredRows<T> DeferQuery<T>(string sql, object? parameters = null)
    {
        Add(sql, parameters);
        var rows = new DeferredRows<T>();
        (_queue.Before ??= []).Add(async reader => rows.Arrive(await ReadAsync<T>(sql, reader).ConfigureAwait(false)));
        return rows;
    }

    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        var command = Add(sql, parameters);
        await FlushAsync().ConfigureAwait(false);
        return command.RecordsAffected;
    }

    public async Task<IReadOnlyList<int>> ExecuteBatchAsync(IReadOnlyList<(string Sql, object? Parameters)> statements)
    {
        var commands = new NpgsqlBatchCommand[statements.Count];
        for (var i = 0; i < commands.Length; i++)
        {
            commands[i] = Add(statements[i].Sql, statements[i].Parameters);
        }

        await FlushAsync().ConfigureAwait(false);
        return Array.ConvertAll(commands, c => c.RecordsAffected);
    }

    public async Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters = null)
    {
        var rows = await QueryAsync<T>(sql, parameters).ConfigureAwait(false);
        return rows.Count > 1 ? throw new InvalidOperationException("There is more than one row.") : rows.Count == 0 ? default : rows[0];
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        Add(sql, parameters);
        var before = _queue.Before;
        return await SendAsync<IReadOnlyList<T>>(async batch =>
        {
            var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await using var closing = reader.ConfigureAwait(false);
            await ReadBeforeAsync(reader, before).ConfigureAwait(false);
            return await ReadAsync<T>(sql, reader).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null)
    {
        Add(sql, parameters);
        var before = _queue.Before;
        using var batch = Take();
        await using var reader = await SendAsync(batch, b => b.ExecuteReaderAsync()).ConfigureAwait(false);
        await ReadBeforeAsync(reader, before).ConfigureAwait(false);
        var row = new PostgresRow(reader);
        Func<IRowReader, T>? map = null;
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            map ??= SqlText.Of(sql).MapperFor<T>(row, CommerceDialect.Postgres);
            yield return map(row);
        }
    }

    /// <summary>Sends what is deferred.</summary>
    public Task FlushAsync()
    {
        if (_queue.Pending is null)
            return Task.CompletedTask;
        var before = _queue.Before;
        return before?.Exists(read => read is not null) != true
            ? SendAsync(batch => batch.ExecuteNonQueryAsync())
            : SendAsync(async batch =>
            {
                var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
                await using var closing = reader.ConfigureAwait(false);
                await ReadBeforeAsync(reader, before).ConfigureAwait(false);
                return 0;
            });
    }

    /// <summary>Forgets what is deferred.</summary>
    public void DropPending() => Take().Dispose();

    private NpgsqlBatch Pending => _queue.Pending ??= connection.CreateBatch();

    private NpgsqlBatchCommand Add(string sql, object? parameters)
    {
        var text = Check(sql, parameters);
        var plan = text.PlanFor(parameters);
        var command = new NpgsqlBatchCommand(text.Positional);
        for (var i = 0; i < plan.Count; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = plan.Type(i), Value = plan.Value(i, parameters, Tenant) ?? DBNull.Value });
        }

        Pending.BatchCommands.Add(command);
        return command;
    }

    private NpgsqlBatch Take()
    {
        var batch = Pending;
        _queue.Pending = null;
        _queue.Before = null;
        return batch;
    }

    private static async Task ReadBeforeAsync(NpgsqlDataReader reader, List<Func<NpgsqlDataReader, Task>?>? before)
    {
        foreach (var read in before ?? [])
        {
            if (read is not null)
                await read(reader).ConfigureAwait(false);
            await reader.NextResultAsync().ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, NpgsqlDataReader reader)
    {
        if (!await reader.ReadAsync().ConfigureAwait(false))
            return [];
        var row = new PostgresRow(reader);
        var map = SqlText.Of(sql).MapperFor<T>(row, CommerceDialect.Postgres);
        var rows = new List<T>();
        do
        {
            rows.Add(map(row));
        }
        while (await reader.ReadAsync().ConfigureAwait(false));
        return rows;
    }

    private async Task<TResult> SendAsync<TResult>(Func<NpgsqlBatch, Task<TResult>> send)
    {
        using var batch = Take();
        return await SendAsync(batch, send).ConfigureAwait(false);
    }

    private async Task<TResult> SendAsync<TResult>(NpgsqlBatch batch, Func<NpgsqlBatch, Task<TResult>> send)
    {
        _queue.Sent++;
        try
        {
            return await send(batch).ConfigureAwait(false);
        }
        catch
        {
            Failed = true;
            throw;
        }
    }

    /// <summary>What waits for the next round trip; scopes nested in one work share it, so that statements stay in order.</summary>
    private sealed class Queued
    {
        public NpgsqlBatch? Pending { get; set; }

        public int Sent { get; set; }

        // what comes before the awaited result, in order: rows that somebody reads later, or (null) those of a lock that nobody does
        public List<Func<NpgsqlDataReader, Task>?>? Before { get; set; }
    }

    private sealed class PostgresRow(NpgsqlDataReader reader) : IRowReader
    {
        public int FieldCount => reader.FieldCount;

        public string GetName(int column) => reader.GetName(column);

        public bool IsNull(int column) => reader.IsDBNull(column);

        public long GetInt64(int column) => reader.GetInt64(column);

        public double GetDouble(int column) => reader.GetDouble(column);

        public bool GetBoolean(int column) => reader.GetBoolean(column);

        public string GetString(int column) => reader.GetString(column);

        public byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);
    }
}
