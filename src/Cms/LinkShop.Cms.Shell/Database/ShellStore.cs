using System.Data.Common;
using System.Text.Json;
using Dapper;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace LinkShop.Cms.Shell.Database;

/// <summary>A tenant's features: the enabled ones and all that ever were.</summary>
internal sealed record ShellFeatureState(string[] Enabled, string[] Installed);

/// <summary>The table of tenants, one row each. Every change advances a clock that other processes watch.</summary>
internal sealed class ShellStore(ICmsDatabase database)
{
    internal const string Channel = "linkshop_shell";
    private const string Select = "select s.name, s.state, s.settings, s.version, m.id as move, m.state as movestate, m.source, m.target from shell s left join shop_move m on m.shop = s.name ";

    internal async Task<IReadOnlyList<(ShellSettings Settings, long Version)>> LoadAllAsync()
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<Row>(Select + "order by s.name");
        return [.. rows.Select(ToSettings)];
    }

    internal async Task<(ShellSettings Settings, long Version)?> LoadAsync(string name)
    {
        await using var connection = await database.OpenAsync();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(Select + "where s.name = @name", new { name });
        return row is null ? null : ToSettings(row);
    }

    internal async Task<IReadOnlyDictionary<string, long>> LoadVersionsAsync()
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<(string Name, long Version)>("select name, version from shell")).ToDictionary(r => r.Name, r => r.Version, StringComparer.OrdinalIgnoreCase);
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
        await using var connection = await database.OpenAsync();
        var (features, installed) = await connection.QuerySingleOrDefaultAsync<(string? Features, string? Installed)>(
            "select features, installed from shell where name = @name", new { name });
        if (features is null) throw new InvalidOperationException($"The tenant '{name}' is not stored.");
        return new(Split(features), Split(installed!));
    }

    /// <summary>Stores a tenant's settings. While it is being set up that need not be durable: its last step, which says that it runs, is.</summary>
    internal Task<long> SaveAsync(ShellSettings settings) => SaveAsync(settings, null);

    /// <summary>The same together with its features.</summary>
    internal Task<long> SaveAsync(ShellSettings settings, ShellFeatureState? features) => ChangeAsync(settings.Name, async (connection, transaction, version) =>
    {
        await RefuseOtherPlaceAsync(connection, transaction, settings);
        await SaveAsync(connection, transaction, settings, features, version);
    }, durable: !settings.IsInitializing());

    private static Task SaveAsync(DbConnection connection, DbTransaction transaction, ShellSettings settings, ShellFeatureState? features, long version) => connection.ExecuteAsync(
        features is null
            ? """
              insert into shell (name, state, settings, version) values (@Name, @state, @json, @version)
              on conflict (name) do update set state = excluded.state, settings = excluded.settings, version = excluded.version
              """
            : """
              insert into shell (name, state, settings, features, installed, version) values (@Name, @state, @json, @enabled, @installed, @version)
              on conflict (name) do update set state = excluded.state, settings = excluded.settings, features = excluded.features, installed = excluded.installed, version = excluded.version
              """,
        new { settings.Name, state = settings.State.ToString(), json = JsonSerializer.Serialize(settings.Values), enabled = Join(features?.Enabled), installed = Join(features?.Installed), version },
        transaction);

    // its rows would stay behind: only a move changes the place of a tenant that has any
    private static async Task RefuseOtherPlaceAsync(DbConnection connection, DbTransaction transaction, ShellSettings settings)
    {
        if (await connection.QuerySingleOrDefaultAsync<Row>(Select + "where s.name = @Name", new { settings.Name }, transaction) is not { Move: null } row) return;
        var stored = ToSettings(row).Settings;
        if (stored.IsInitialized() && (stored[ShopPlace.Database] ?? "") != (settings[ShopPlace.Database] ?? ""))
            throw new InvalidOperationException($"The tenant '{settings.Name}' has its rows in another database than '{settings[ShopPlace.Database]}': use the command move-shop.");
    }

    internal Task<long> SaveFeaturesAsync(ShellSettings settings, ShellFeatureState features) => ChangeAsync(settings.Name, (connection, transaction, version) => connection.ExecuteAsync(
        "update shell set features = @enabled, installed = @installed, version = @version where name = @Name",
        new { settings.Name, enabled = Join(features.Enabled), installed = Join(features.Installed), version },
        transaction), durable: !settings.IsInitializing());

    /// <summary>Makes other processes drop the tenant's live state.</summary>
    internal Task<long> TouchAsync(string name) => ChangeAsync(name, (connection, transaction, version)
        => connection.ExecuteAsync("update shell set version = @version where name = @name", new { name, version }, transaction));

    internal Task<long> RemoveAsync(string name) => ChangeAsync(name, (connection, transaction, _)
        => connection.ExecuteAsync("delete from shop_move where shop = @name; delete from shell where name = @name", new { name }, transaction));

    internal async Task<long> ReadClockAsync()
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<long>("select version from shell_clock");
    }

    internal Task<long> ChangeAsync(string name, Func<DbConnection, DbTransaction, long, Task> change, bool durable = true) => database.WriteAsync(async (connection, transaction) =>
    {
        var version = await connection.ExecuteScalarAsync<long>("update shell_clock set version = version + 1 returning version", transaction: transaction);
        await change(connection, transaction, version);
        if (database.Provider == CmsDatabaseProvider.Postgres)
            await connection.ExecuteAsync("select pg_notify(@channel, @name)", new { channel = Channel, name }, transaction);
        return version;
    }, durable);

    private static string Join(string[]? lines) => string.Join('\n', lines ?? []);

    private static string[] Split(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static (ShellSettings Settings, long Version) ToSettings(Row row)
    {
        var settings = new ShellSettings { Name = row.Name };
        foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Settings) ?? []) settings[key] = value;
        settings.State = Enum.TryParse<TenantState>(row.State, out var state) ? state : TenantState.Invalid;
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
