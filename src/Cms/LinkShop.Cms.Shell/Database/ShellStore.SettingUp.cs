using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using LinkShop.Cms.Shell.Setup;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Database;

// Tenants whose set-up is one unit of work.
internal sealed partial class ShellStore
{
    private const string InsertPostgres = """
        insert into shell (name, state, settings, features, installed, version)
        select $1, $2, $3, $4, $5, nextval('shell_version_sequence') from (select pg_advisory_xact_lock(hashtextextended('shell/' || $1, 0)) offset 0) locked
        on conflict (name) do update set state = excluded.state, settings = excluded.settings, features = excluded.features, installed = excluded.installed, version = excluded.version
        returning version
        """;

    private readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Tenants whose set-up (<see cref="SetupUnit"/>) has stored nothing yet.</summary>
    internal ICollection<string> Kept => _kept.Keys;

    /// <summary>Stores a tenant's settings with all that its set-up has kept.</summary>
    internal async Task<long> CloseAsync(SetupUnit unit, ShellSettings settings, ShellFeatureState? features = null)
    {
        var rows = unit.Close();
        features ??= unit.Features;
        var version = database.Provider == CmsDatabaseProvider.Postgres && !settings.IsInitializing()
            ? await SaveAtOnceAsync(settings, features, rows)
            : await SaveAsync(settings, features, rows);
        // only now: until the commit nobody finds the tenant in the table
        End(unit);
        rows?.Committed();
        return version;
    }

    /// <summary>Forgets what a set-up keeps.</summary>
    internal void End(SetupUnit unit)
    {
        unit.Close();
        _kept.TryRemove(unit.Tenant, out _);
    }

    /// <summary>The same on PostgreSQL in one trip, whose statements are one transaction.</summary>
    private async Task<long> SaveAtOnceAsync(ShellSettings settings, ShellFeatureState features, ISetupRows? rows)
    {
        await using var connection = await database.OpenAsync();
        await using var batch = connection.CreateBatch();
        Add(batch, InsertPostgres, settings.Name, settings.State.ToString(), JsonSerializer.Serialize(settings.Values), Join(features.Enabled)!, Join(features.Installed)!);
        rows?.AddTo(batch);
        Add(batch, "select pg_notify($1, version || ':' || name) from shell where name = $2", Channel, settings.Name);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        var version = reader.GetInt64(0);
        // the errors of the later statements come with their results
        while (await reader.NextResultAsync()) { }
        return version;
    }

    private static void Add(DbBatch batch, string sql, params string[] values)
    {
        var statement = batch.CreateBatchCommand();
        statement.CommandText = sql;
        foreach (var value in values)
        {
            var parameter = statement.CreateParameter();
            parameter.Value = value;
            statement.Parameters.Add(parameter);
        }
        batch.BatchCommands.Add(statement);
    }
}
