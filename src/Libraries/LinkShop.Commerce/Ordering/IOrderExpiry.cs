namespace LinkShop.Commerce.Ordering;

/// <summary>Ends what time has ended, over all tenants: unpaid orders expire, delivered ones complete. Safe to run in many processes at once.</summary>
public interface IOrderExpiry
{
    /// <summary>One sweep: works in batches until nothing is due.</summary>
    /// <param name="cancellationToken">Stops after the present batch.</param>
    /// <returns>How many orders changed state.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken = default);
}
