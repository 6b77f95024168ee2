using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using LinkShop.Cms.Shell.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace LinkShop.Cms.Shell.Database;

/// <summary>A tenant's features: the enabled ones and all that ever were.</summary>
internal sealed record ShellFeatureState(string[] Enabled, string[] Installed);

/// <summary>
/// The table of tenants, one row each. Every change has a higher version than the one before. SQLite's comes from a clock, which one process advances and others watch. PostgreSQL's comes
/// from a sequence, so that changes of different tenants don't wait for each other, and the commit tells the other processes; not while a tenant is being set up, when it is only the process's that does it.
/// </summary>
internal sealed partial class ShellStore(ICmsDatabase database)
{
    internal const string Channel = "linkshop_shell";
    private const string NextSqlite = "update shell_clock set version = version + 1 returning version";

    // locked first: of two changes of one tenant the later one must have the higher version
    private const string NextPostgres = "select nextval('shell_version_sequence') from (select pg_advisory_xact_lock(hashtextextended('shell/' || @name, 0)) offset 0) locked";
    private const string Select = "select s.name, s.state, s.settings, s.version, m.id as move, m.state as movestate, m.source, m.target from shell s left join shop_move m on m.shop = s.name ";

    internal async Task<IReadOnlyList<(ShellSettings Settings, long Version)>> LoadAllAsync()
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<Row>(Select + "order by s.name");
        return [.. rows.Select(ToSettings)];
    }

    internal async Task<(ShellSettings Settings, long Version)?> LoadAsync(string name)
    {
        if (SetupUnit.Of(name)?.Settings is { } kept) return (kept, 0);
        await using var connection = await database.OpenAsync();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(Select + "where s.name = @name", new { name });
        return row is null ? null : ToSettings(row);
    }

    internal async Task<IReadOnlyDictionary<string, long>> LoadVersionsAsync()
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<(string Name, long Version)>("select name, version from shell")).ToDictionary(r => r.Name, r => r.Version, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>How many tenants there are, and the sum of their versions.</summary>
    internal async Task<(long Count, long Sum)> LoadSumAsync()
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleAsync<(long, long)>("select count(*), cast(coalesce(sum(version), 0) as bigint) from shell");
    }

    /// <summary>The tenants that changed after a version, and how many there are: fewer than expected when some were removed.</summary>
    internal async Task<(IReadOnlyList<(string Name, long Version)> Changed, int Count)> LoadChangesAsync(long after)
    {
        await using var connection = await database.OpenAsync();
        var changed = await connection.QueryAsync<(string, long)>("select name, version from shell where version > @after", new { after });
        return ([.. changed], await connection.ExecuteScalarAsync<int>("select count(*) from shell"));
    }

    internal async Task<ShellFeatureState> LoadFeaturesAsync(string name)
    {
        if (SetupUnit.Of(name) is { Settings: not null } unit) return unit.Features;
        await using var connection = await database.OpenAsync();
        var (features, installed) = await connection.QuerySingleOrDefaultAsync<(string? Features, string? Installed)>(
            "select features, installed from shell where name = @name", new { name });
        if (features is null) throw new InvalidOperationException($"The tenant '{name}' is not stored.");
        return new(Split(features), Split(installed!));
    }

    /// <summary>Stores a tenant's settings. While it is being set up that need not be durable: its last step, which says that it runs, is.</summary>
    internal Task<long> SaveAsync(ShellSettings settings) => SaveAsync(settings, null);

    /// <summary>The same together with its features.</summary>
    /// <returns>The version; 0 while it is only kept.</returns>
    internal async Task<long> SaveAsync(ShellSettings settings, ShellFeatureState? features)
    {
        if (SetupUnit.Of(settings.Name) is not { } unit) return await SaveAsync(settings, features, null);
        if (!settings.IsInitializing()) return await CloseAsync(unit, settings, features);
        unit.Keep(settings, features);
        _kept[settings.Name] = true;
        return 0;
    }

    private Task<long> SaveAsync(ShellSettings settings, ShellFeatureState? features, ISetupRows? rows) => ChangeAsync(settings.Name, async (connection, transaction, version) =>
    {
        // one that is being set up has nothing to move yet
        if (!settings.IsInitializing() && rows is null) await PlaceAsync(connection, transaction, settings);
        await connection.ExecuteAsync(
            """
            insert into shell (name, state, settings, features, installed, version) values (@Name, @state, @json, coalesce(@enabled, ''), coalesce(@installed, ''), @version)
            on conflict (name) do update set state = excluded.state, settings = excluded.settings,
              features = coalesce(@enabled, shell.features), installed = coalesce(@installed, shell.installed), version = excluded.version
            """,
            new { settings.Name, state = settings.State.ToString(), json = JsonSerializer.Serialize(settings.Values), enabled = Join(features?.Enabled), installed = Join(features?.Installed), version },
            transaction);
        if (rows is not null) await rows.WriteAsync(connection, transaction);
    }, durable: !settings.IsInitializing());

    // a stale copy must not undo a move; and a tenant's rows would stay behind: only a move changes the place of one that has any
    private static async Task PlaceAsync(DbConnection connection, DbTransaction transaction, ShellSettings settings)
    {
        if (await connection.QuerySingleOrDefaultAsync<Row>(Select + "where s.name = @Name", new { settings.Name }, transaction) is not { } row) return;
        ShopPlace.Apply(settings, row.Move, row.MoveState, row.Source, row.Target);
        var stored = ToSettings(row).Settings;
        if (stored.IsInitialized() && (stored[ShopPlace.Database] ?? "") != (settings[ShopPlace.Database] ?? ""))
            throw new InvalidOperationException($"The tenant '{settings.Name}' has its rows in another database than '{settings[ShopPlace.Database]}': use the command move-shop.");
    }

    /// <summary>Stores a tenant's features.</summary>
    /// <returns>The new version, and the one before: who knew another one has missed a change.</returns>
    internal Task<(long Before, long Version)> SaveFeaturesAsync(ShellSettings settings, ShellFeatureState features)
    {
        if (SetupUnit.Of(settings.Name) is { Settings: { } kept } unit)
        {
            unit.Keep(kept, features);
            return Task.FromResult((0L, 0L));
        }
        return FollowAsync(
            settings.Name,
            "update shell set features = @enabled, installed = @installed, version = @version where name = @name",
            (name, version) => new { name, enabled = Join(features.Enabled), installed = Join(features.Installed), version },
            durable: !settings.IsInitializing());
    }

    /// <summary>Makes other processes drop the tenant's live state.</summary>
    /// <returns>As <see cref="SaveFeaturesAsync"/>.</returns>
    internal Task<(long Before, long Version)> TouchAsync(string name) => SetupUnit.Of(name) is { Settings: not null } ? Task.FromResult((0L, 0L)) : FollowAsync(
        name, "update shell set version = @version where name = @name", (name, version) => new { name, version }, durable: true);

    /// <summary>Removes a tenant; not one that is on its way to another database.</summary>
    /// <exception cref="InvalidOperationException">It is being moved; the message has <see cref="ShopPlace.Refusal"/>.</exception>
    internal Task<long> RemoveAsync(string name) => ChangeAsync(name, async (connection, transaction, _) =>
    {
        if (await connection.ExecuteScalarAsync<long>("select count(*) from shop_move where shop = @name and state <> 'Done'", new { name }, transaction) > 0) throw ShopPlace.Refuse(name);
        await connection.ExecuteAsync("delete from shop_move where shop = @name; delete from shell where name = @name", new { name }, transaction);
    });

    internal async Task<long> ReadClockAsync()
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<long>("select version from shell_clock");
    }

    internal Task<long> ChangeAsync(string name, Func<DbConnection, DbTransaction, long, Task> change, bool durable = true) => database.WriteAsync(async (connection, transaction) =>
    {
        var isPostgres = database.Provider == CmsDatabaseProvider.Postgres;
        var version = await connection.ExecuteScalarAsync<long>(isPostgres ? NextPostgres : NextSqlite, new { name }, transaction);
        await change(connection, transaction, version);
        if (isPostgres && durable)
            await connection.ExecuteAsync("select pg_notify(@channel, @payload)", new { channel = Channel, payload = string.Create(CultureInfo.InvariantCulture, $"{version}:{name}") }, transaction);
        return version;
    }, durable);

    private async Task<(long Before, long Version)> FollowAsync(string name, string update, Func<string, long, object> parameters, bool durable)
    {
        var before = 0L;
        var version = await ChangeAsync(name, async (connection, transaction, version) =>
        {
            before = await connection.QuerySingleOrDefaultAsync<long>("select version from shell where name = @name", new { name }, transaction);
            await connection.ExecuteAsync(update, parameters(name, version), transaction);
        }, durable);
        return (before, version);
    }

    private static string? Join(string[]? lines) => lines is null ? null : string.Join('\n', lines);

    private static string[] Split(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static (ShellSettings Settings, long Version) ToSettings(Row row)
    {
        var state = Enum.TryParse<TenantState>(row.State, out var known) ? known : TenantState.Invalid;
        var settings = new ShellSettings { Name = row.Name, State = state, Stored = row.Settings };
        ShopPlace.Apply(settings, row.Move, row.MoveState, row.Source, row.Target);
        return (settings, row.Version);
    }

    private sealed class Row
    {
        public string Name { get; set; } = "";

        public string State { get; set; } = "";

        public string Settings { get; set; } = "";

        public long Version { get; set; }

        public string? Move { get; set; }

        public string? MoveState { get; set; }

        public string? Source { get; set; }

        public string? Target { get; set; }
    }
}
