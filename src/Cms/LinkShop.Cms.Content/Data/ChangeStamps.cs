using System.Collections.Concurrent;
using System.Data.Common;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// Counts, for each tenant and type of document, the commits that changed it, so that caches know what is stale. A commit in this
/// process is seen at once, one in another process (PostgreSQL) within a second.
/// </summary>
internal sealed class ChangeStamps(ContentDatabase database, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(800);
    private readonly ConcurrentDictionary<string, TenantStamps> _tenants = [];

    /// <summary>The number of commits that changed documents of a kind; the caller keeps it with what it read.</summary>
    public async ValueTask<long> GetAsync(string tenant, string kind)
    {
        var stamps = _tenants.GetOrAdd(tenant, static _ => new());
        var now = time.GetTimestamp();
        var readAt = Interlocked.Read(ref stamps.ReadAt);
        // SQLite is for one process, which knows of its own commits.
        if (readAt == 0 || (!database.IsSqlite && time.GetElapsedTime(readAt, now) > MaxAge))
            await ReadAsync(tenant, stamps);
        return stamps.ByKind.GetValueOrDefault(kind);
    }

    /// <summary>Counts a change within the transaction that makes it.</summary>
    public async Task<long> CountAsync(DbTransaction transaction, string tenant, string kind)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"""
            INSERT INTO {database.Quote("ChangeStamp")} AS stamp ("Tenant", "Kind", "Stamp") VALUES (@tenant, @kind, 1)
            ON CONFLICT ("Tenant", "Kind") DO UPDATE SET "Stamp" = stamp."Stamp" + 1 RETURNING "Stamp"
            """;
        Add(command, "@tenant", tenant);
        Add(command, "@kind", kind);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Tells the caches of this process; to be called after the commit.</summary>
    public void Committed(string tenant, string kind, long stamp) =>
        _tenants.GetOrAdd(tenant, static _ => new()).ByKind.AddOrUpdate(kind, stamp, (_, known) => Math.Max(known, stamp));

    private async Task ReadAsync(string tenant, TenantStamps stamps)
    {
        await stamps.Reading.WaitAsync();
        try
        {
            var readAt = time.GetTimestamp();
            if (stamps.ReadAt != 0 && time.GetElapsedTime(stamps.ReadAt, readAt) < MaxAge)
                return;
            await database.EnsureCreatedAsync();
            await using var connection = database.CreateConnection();
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT \"Kind\", \"Stamp\" FROM {database.Quote("ChangeStamp")} WHERE \"Tenant\" = @tenant";
            Add(command, "@tenant", tenant);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                Committed(tenant, reader.GetString(0), reader.GetInt64(1));
            Interlocked.Exchange(ref stamps.ReadAt, readAt);
        }
        finally
        {
            stamps.Reading.Release();
        }
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private sealed class TenantStamps
    {
        public readonly ConcurrentDictionary<string, long> ByKind = [];
        public readonly SemaphoreSlim Reading = new(1, 1);
        public long ReadAt;
    }
}
