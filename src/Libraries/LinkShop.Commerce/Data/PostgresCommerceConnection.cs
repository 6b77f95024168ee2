using Npgsql;

namespace LinkShop.Commerce.Data;

/// <summary>A work's view of a PostgreSQL connection. Deferred statements, among them <c>begin</c>, travel with the next one.</summary>
internal sealed class PostgresCommerceConnection(NpgsqlConnection connection, string? tenant, bool canWrite) : CommerceConnection(tenant, canWrite), ICommerceConnection
{
    private NpgsqlBatch? _pending;
    private int _sent;
    private int _unread;

    public CommerceDialect Dialect => CommerceDialect.Postgres;

    /// <summary>Whether the server has seen anything of this work.</summary>
    public bool HasSent => _sent > 0;

    /// <summary>Queues a statement of the database layer itself, past the tenant check.</summary>
    public void DeferControl(string sql) => Pending.BatchCommands.Add(new NpgsqlBatchCommand(sql));

    public void Defer(string sql, object? parameters = null)
    {
        Add(sql, parameters);
        // a lock taken by a select: its rows come before those of the query that it travels with
        _unread += SqlText.Of(sql).IsRead ? 1 : 0;
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
        var unread = _unread;
        return await SendAsync<IReadOnlyList<T>>(async batch =>
        {
            var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await using var closing = reader.ConfigureAwait(false);
            await SkipAsync(reader, unread).ConfigureAwait(false);
            if (!await reader.ReadAsync().ConfigureAwait(false))
            {
                return [];
            }

            var row = new PostgresRow(reader);
            var map = SqlText.Of(sql).MapperFor<T>(row, CommerceDialect.Postgres);
            var rows = new List<T>();
            do
            {
                rows.Add(map(row));
            }
            while (await reader.ReadAsync().ConfigureAwait(false));
            return rows;
        }).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null)
    {
        Add(sql, parameters);
        var unread = _unread;
        using var batch = Take();
        await using var reader = await SendAsync(batch, b => b.ExecuteReaderAsync()).ConfigureAwait(false);
        await SkipAsync(reader, unread).ConfigureAwait(false);
        var row = new PostgresRow(reader);
        Func<IRowReader, T>? map = null;
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            map ??= SqlText.Of(sql).MapperFor<T>(row, CommerceDialect.Postgres);
            yield return map(row);
        }
    }

    /// <summary>Sends what is deferred.</summary>
    public Task FlushAsync() => _pending is null
        ? Task.CompletedTask
        : SendAsync(batch => batch.ExecuteNonQueryAsync());

    /// <summary>Forgets what is deferred.</summary>
    public void DropPending() => Take().Dispose();

    private NpgsqlBatch Pending => _pending ??= connection.CreateBatch();

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
        _pending = null;
        _unread = 0;
        return batch;
    }

    private static async Task SkipAsync(NpgsqlDataReader reader, int results)
    {
        for (; results > 0; results--)
        {
            await reader.NextResultAsync().ConfigureAwait(false);
        }
    }

    private async Task<TResult> SendAsync<TResult>(Func<NpgsqlBatch, Task<TResult>> send)
    {
        using var batch = Take();
        return await SendAsync(batch, send).ConfigureAwait(false);
    }

    private async Task<TResult> SendAsync<TResult>(NpgsqlBatch batch, Func<NpgsqlBatch, Task<TResult>> send)
    {
        _sent++;
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
