namespace LinkShop.Commerce.Resale;

/// <summary>What shops owe suppliers for goods they sold on, and how it goes over. Callers of the reads have checked the permission.</summary>
public interface ISupplyDues
{
    /// <summary>
    /// Once a day (UTC), brings what each shop owes each supplier to the supplier: the money is at the platform's providers, so it is from then on held for the supplier and no longer
    /// for the shop. What went back to a buyer after it was brought over comes back the same way. Called again on the same day it does nothing; any number of processes may call it.
    /// </summary>
    /// <param name="cancellationToken">Gives up between two pairs.</param>
    /// <returns>How many pairs were settled.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken = default);

    /// <summary>What this shop owes, by supplier.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SupplyDue>> OwedAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>What this supplier is owed, by shop.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<SupplyDue>> DueAsync(TenantScope scope, CancellationToken cancellationToken = default);
}

/// <summary>Between a shop and a supplier, in one currency; the same amounts whichever of the two looks.</summary>
/// <param name="Other">Tenant name of the other.</param>
/// <param name="Open">What the shop owes now; below zero when goods were taken back after their money had gone over.</param>
/// <param name="Settled">What has gone over to the supplier, less what came back.</param>
/// <param name="SettledAt">When that happened last; null for never.</param>
public sealed record SupplyDue(string Other, Money Open, Money Settled, DateTimeOffset? SettledAt);
