using System.Data.Common;
using LinkShop.Cms.Shell.Database;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Setup;

/// <summary>
/// The set-up of a tenant that wasn't there before, as one unit of work. What its steps store is kept here, where the later steps read it, and goes to the database with the
/// one commit that says that the tenant runs: until then there is no such tenant. A step that needs the database itself (to change tables, or for a query over what was kept)
/// has it stored first (<see cref="SpillAsync"/>); from then on the set-up stores step by step, as one that is repeated does from the start.
/// </summary>
internal sealed class SetupUnit
{
    private static readonly AsyncLocal<SetupUnit?> _current = new();
    private readonly Func<ShellSettings, Task> _store;
    private readonly SetupUnit? _outer = _current.Value;

    private SetupUnit(string tenant, Func<ShellSettings, Task> store) => (Tenant, _store) = (tenant, store);

    /// <summary>The tenant's name.</summary>
    internal string Tenant { get; }

    /// <summary>Whether things are still kept.</summary>
    internal bool IsOpen { get; private set; } = true;

    /// <summary>The tenant's settings; null while nothing was to be stored yet.</summary>
    internal ShellSettings? Settings { get; private set; }

    /// <summary>Its features.</summary>
    internal ShellFeatureState Features { get; private set; } = new([], []);

    /// <summary>What is kept of its rows; belongs to whoever stores documents.</summary>
    internal ISetupRows? Rows { get; set; }

    /// <summary>The unit that the running code belongs to, while it keeps what is stored for this tenant; null for all other code.</summary>
    internal static SetupUnit? Of(string tenant)
    {
        // a recipe may set up another tenant in the middle of its own
        var unit = _current.Value;
        while (unit is not null && !unit.Tenant.Equals(tenant, StringComparison.OrdinalIgnoreCase)) unit = unit._outer;
        return unit is { IsOpen: true } ? unit : null;
    }

    /// <summary>Begins one for the rest of the calling method and what it calls.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="store">Stores the tenant's settings now, and with them what is kept.</param>
    internal static SetupUnit Begin(string tenant, Func<ShellSettings, Task> store) => _current.Value = new(tenant, store);

    internal void Keep(ShellSettings settings, ShellFeatureState? features) => (Settings, Features) = (settings, features ?? Features);

    /// <summary>Stores what was kept, and keeps nothing more.</summary>
    internal async Task SpillAsync()
    {
        if (IsOpen && Settings is { } settings) await _store(settings);
    }

    /// <summary>Ends it without the rows: the set-up failed. The settings are stored, for what removes the rest of a tenant wants one that is there.</summary>
    internal async Task DropAsync()
    {
        Rows = null;
        await SpillAsync();
        IsOpen = false;
    }

    /// <summary>Ends it and hands out the rows, which are now to be stored.</summary>
    internal ISetupRows? Close()
    {
        var rows = Rows;
        (IsOpen, Rows) = (false, null);
        return rows;
    }
}

/// <summary>Rows of a tenant that wait for the commit of its set-up.</summary>
internal interface ISetupRows
{
    /// <summary>Stores them.</summary>
    Task WriteAsync(DbConnection connection, DbTransaction transaction);

    /// <summary>Adds the statements that store them.</summary>
    void AddTo(DbBatch batch);

    /// <summary>They are committed.</summary>
    void Committed();
}
