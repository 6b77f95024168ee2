namespace LinkShop.Commerce.Placement;

/// <summary>A reason why a shop can't move to another database, such as transactions that it shares with another shop. Registered on the host, any number of them.</summary>
public interface IMoveObstacle
{
    /// <summary>Looks for one.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="database">Where it is to go; empty is the main database.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The reason as a sentence for whoever types the command; null when it may go.</returns>
    Task<string?> WhyNotAsync(TenantScope scope, string database, CancellationToken cancellationToken = default);
}
