using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Database;

/// <summary>The settings of a tenant that say on which database its rows are, and whether it is on its way to another one.</summary>
internal static class ShopPlace
{
    /// <summary>The database's name; none is the main one.</summary>
    internal const string Database = "Database";

    /// <summary>Present while the tenant is read only.</summary>
    internal const string Moving = "DatabaseMoving";

    /// <summary>Id of the tenant's last move: what was remembered of its database before no longer counts.</summary>
    internal const string Move = "DatabaseMove";

    /// <summary>In every refusal of a write during a move, the databases' own too.</summary>
    internal const string Refusal = "linkshop_tenant_moving";

    /// <summary>Whether an error means that the tenant is being moved, so that its request may be sent again in a moment.</summary>
    internal static bool IsRefusal(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error.Message.Contains(Refusal, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    internal static InvalidOperationException Refuse(string tenant) => new($"The shop '{tenant}' is being moved to another database and can't be changed for a moment ({Refusal}).");

    /// <summary>Where a tenant is, without reading its other settings: a start asks this of all tenants.</summary>
    internal static (string? Database, bool IsMoving) Of(ShellSettings settings)
    {
        var stored = settings.Peek(Database, Moving);
        return (stored[0], stored[1] is not null);
    }

    /// <summary>Takes over what the last move says; a tenant that was never moved is where its settings say.</summary>
    internal static void Apply(ShellSettings settings, string? move, string? state, string? source, string? target)
    {
        if (move is null) return;
        var place = state is ShopMoves.Switched or ShopMoves.Done ? target : source;
        settings[Database] = string.IsNullOrEmpty(place) ? null : place;
        settings[Moving] = state == ShopMoves.Done ? null : "true";
        settings[Move] = move;
    }
}
