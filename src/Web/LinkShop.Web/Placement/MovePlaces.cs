using LinkShop.Cms.Shell.Database;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Placement.Moving;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Placement;

/// <summary>The databases by name, each with the two kinds of tables that a shop has.</summary>
internal sealed class MovePlaces(ICmsDatabase cms, IConfiguration configuration)
{
    private readonly IReadOnlyDictionary<string, string> _named = DatabaseNames.Read(configuration);

    /// <summary>Names that may be typed.</summary>
    public IEnumerable<string> Names => _named.Keys.Prepend(DatabaseNames.Main);

    public bool Knows(string name) => name.Length == 0 || _named.ContainsKey(name);

    /// <summary>The stores of a database; an empty name is the main one.</summary>
    public IReadOnlyList<TenantStore> Of(string name)
    {
        var content = name.Length == 0 ? cms.ConnectionString : cms.Places[name];
        if (cms.Provider == CmsDatabaseProvider.Postgres)
            return [TenantStore.Commerce(CommerceDialect.Postgres, content), TenantStore.Content(CommerceDialect.Postgres, content)];
        var folder = name.Length == 0 ? cms.DataPath : _named[name];
        return
        [
            TenantStore.Commerce(CommerceDialect.Sqlite, Path.Combine(folder, "commerce.db")),
            TenantStore.Content(CommerceDialect.Sqlite, new SqliteConnectionStringBuilder(content).DataSource),
        ];
    }
}

/// <summary>How patient a move is.</summary>
internal sealed class MoveOptions
{
    /// <summary>How long a process may take to see a change before it counts as dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long reads that began before the switch may still look at the old rows.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the old database refuses writes after the shop was opened in the new one.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For tests: hears the name of each step before it begins, and may end the command there.</summary>
    public Action<string>? BeforeStep { get; init; }

    /// <summary>Where progress goes.</summary>
    public TextWriter Output { get; init; } = Console.Out;
}
