using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using LinkShop.Cms.Shell.Database;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// Counts, for each tenant and type of document, the commits that changed it, so that caches know what is stale. A commit in this
/// process is seen at once; other processes (PostgreSQL) tell theirs, and while they can't be heard the counts are read every 800 ms.
/// </summary>
internal sealed class ChangeStamps
{
    private const string Prefix = "stamp:";
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(800);
    private readonly ConcurrentDictionary<string, TenantStamps> _tenants = [];
    private readonly ContentDatabase _database;
    private readonly TimeProvider _time;
    private readonly ChangeChannel _changes;

    /// <param name="database">Where the counts are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changes">What other processes say; null to read every 800 ms.</param>
    public ChangeStamps(ContentDatabase database, TimeProvider time, ChangeChannel? changes = null)
    {
        (_database, _time, _changes) = (database, time, changes ?? new());
        _changes.Heard += Hear;
    }

    /// <summary>The number of commits that changed documents of a kind; the caller keeps it with what it read.</summary>
    public async ValueTask<long> GetAsync(string tenant, string kind)
    {
        var stamps = _tenants.GetOrAdd(tenant, static _ => new());
        var now = _time.GetTimestamp();
        var readAt = Interlocked.Read(ref stamps.ReadAt);
        // SQLite is for one process, which knows of its own commits.
        if (readAt == 0 || (!_database.IsSqlite && !IsTold(stamps) && _time.GetElapsedTime(readAt, now) > MaxAge))
            await ReadAsync(tenant, stamps);
        return stamps.ByKind.GetValueOrDefault(kind);
    }

    /// <summary>Whether any documents of a tenant were ever stored; their counts outlive them.</summary>
    public async Task<bool> HasAnyAsync(string tenant)
    {
        await GetAsync(tenant, "");
        return !_tenants[tenant].ByKind.IsEmpty;
    }

    /// <summary>Counts changes of kinds of documents within the transaction that makes them, in one statement; on PostgreSQL its commit tells the other processes.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="tenant">Whose documents changed.</param>
    /// <param name="kinds">Their kinds, in an order that is the same for all who count, as the rows are locked in it.</param>
    /// <param name="tell">False where no other process can know of the tenant yet.</param>
    public async Task<IReadOnlyList<(string Kind, long Stamp)>> CountAsync(DbTransaction transaction, string tenant, IReadOnlyList<string> kinds, bool tell = true)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var count = $"""
            INSERT INTO {_database.Quote("ChangeStamp")} AS stamp ("Tenant", "Kind", "Stamp")
            VALUES {string.Join(", ", kinds.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"(@tenant, @kind{i}, 1)")))}
            ON CONFLICT ("Tenant", "Kind") DO UPDATE SET "Stamp" = stamp."Stamp" + 1 RETURNING "Kind", "Stamp"
            """;
        command.CommandText = _database.IsSqlite || !tell
            ? count
            : $"WITH counted AS ({count}) SELECT \"Kind\", \"Stamp\", pg_notify('{ChangeChannel.Name}', @tenant || chr(10) || '{Prefix}' || \"Stamp\" || ':' || \"Kind\") FROM counted";
        Add(command, "@tenant", tenant);
        for (var i = 0; i < kinds.Count; i++)
            Add(command, string.Create(CultureInfo.InvariantCulture, $"@kind{i}"), kinds[i]);
        var counted = new List<(string, long)>(kinds.Count);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            counted.Add((reader.GetString(0), reader.GetInt64(1)));
        return counted;
    }

    /// <summary>Tells the caches of this process; to be called after the commit.</summary>
    public void Committed(string tenant, string kind, long stamp) =>
        _tenants.GetOrAdd(tenant, static _ => new()).ByKind.AddOrUpdate(kind, stamp, (_, known) => Math.Max(known, stamp));

    /// <summary>Forgets a tenant: what is known of it comes from before it moved away.</summary>
    public void Forget(string tenant) => _tenants.TryRemove(tenant, out _);

    private bool IsTold(TenantStamps stamps) => _changes.IsConnected && Interlocked.Read(ref stamps.Epoch) == _changes.Epoch;

    private void Hear(string tenant, string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !_tenants.ContainsKey(tenant))
            return;
        var rest = text.AsSpan(Prefix.Length);
        var colon = rest.IndexOf(':');
        if (colon > 0 && long.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var stamp))
            Committed(tenant, rest[(colon + 1)..].ToString(), stamp);
    }

    private async Task ReadAsync(string tenant, TenantStamps stamps)
    {
        await stamps.Reading.WaitAsync();
        try
        {
            // before the read: what is told meanwhile counts
            var epoch = _changes.Epoch;
            var readAt = _time.GetTimestamp();
            if (stamps.ReadAt != 0 && _time.GetElapsedTime(stamps.ReadAt, readAt) < MaxAge)
                return;
            await _database.EnsureCreatedAsync();
            await using var connection = _database.CreateConnection();
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT \"Kind\", \"Stamp\" FROM {_database.Quote("ChangeStamp")} WHERE \"Tenant\" = @tenant";
            Add(command, "@tenant", tenant);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                Committed(tenant, reader.GetString(0), reader.GetInt64(1));
            Interlocked.Exchange(ref stamps.Epoch, epoch);
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
        public long Epoch = -1;
    }
}
