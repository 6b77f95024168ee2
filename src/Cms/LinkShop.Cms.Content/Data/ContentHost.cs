using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LinkShop.Cms.Shell.Database;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Content.Data;

/// <summary>What the tenants' containers share of one database: its options and the change stamps.</summary>
internal sealed class ContentHost(ContentDatabase database, ChangeChannel? changes)
{
    public ContentDatabase Database => database;

    public ContentContextFactory Contexts { get; } = new(database);

    // PostgreSQL tells nothing from one database to another, so the counts of the others are read (every 800 ms of those who ask)
    public ChangeStamps Stamps { get; } = new(database, TimeProvider.System, changes);
}

/// <summary>The databases that documents are in: the host's own, and those that tenants are placed on. One for each database of the host.</summary>
internal sealed class ContentHosts
{
    private static readonly ConditionalWeakTable<ICmsDatabase, ContentHosts> Known = [];
    private readonly ContentHost _main;
    private readonly Dictionary<string, ContentHost> _placed;
    private readonly ConcurrentDictionary<string, (string Move, string? Database)> _moves = [];

    private ContentHosts(ICmsDatabase host)
    {
        var sqlite = host.Provider == CmsDatabaseProvider.Sqlite;
        _main = new(sqlite ? ContentDatabase.SqliteConnection(host.ConnectionString, host.Writer) : ContentDatabase.Postgres(host.ConnectionString), host.Changes);
        _placed = host.Places.ToDictionary(place => place.Key, place => new ContentHost(sqlite ? ContentDatabase.SqliteConnection(place.Value) : ContentDatabase.Postgres(place.Value), null));
    }

    public static ContentHosts For(ICmsDatabase host) => Known.GetValue(host, static host => new(host));

    /// <summary>The database a tenant is on.</summary>
    public ContentHost Of(ShellSettings settings)
    {
        var host = settings[ShopPlace.Database] is not { Length: > 0 } name ? _main
            : _placed.TryGetValue(name, out var placed) ? placed : throw new InvalidOperationException($"The database '{name}' isn't configured (LinkShop:Databases:{name}).");
        // of each move both sides: a request while it was copied has seen the old one only
        if (settings[ShopPlace.Move] is { } id && (id, settings[ShopPlace.Database]) is var move && (!_moves.TryGetValue(settings.Name, out var known) || known != move))
        {
            // it was changed elsewhere meanwhile, and came back with its stamps
            host.Stamps.Forget(settings.Name);
            _moves[settings.Name] = move;
        }

        return host;
    }
}
