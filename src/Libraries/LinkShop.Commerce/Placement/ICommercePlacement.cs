namespace LinkShop.Commerce.Placement;

/// <summary>Where a tenant's rows are.</summary>
/// <param name="Database">Name of the database; null or empty is the main one.</param>
/// <param name="IsMoving">Whether the tenant is on its way to another database: it is read and not written.</param>
/// <param name="IsStopped">Whether the operator has stopped the tenant: it supplies nothing to others either.</param>
public readonly record struct CommercePlace(string? Database, bool IsMoving, bool IsStopped = false);

/// <summary>Tells the library on which database a tenant is. Registered by the host; without one all tenants are on the main database. Asked for each read and write, so it only looks up.</summary>
public interface ICommercePlacement
{
    /// <summary>The tenant's place.</summary>
    /// <param name="tenant">The tenant.</param>
    CommercePlace PlaceOf(string tenant);
}

/// <summary>Everything is on the main database.</summary>
internal sealed class MainPlacement : ICommercePlacement
{
    public CommercePlace PlaceOf(string tenant) => default;
}
