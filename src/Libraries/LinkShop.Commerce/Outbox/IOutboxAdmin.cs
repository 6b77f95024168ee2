namespace LinkShop.Commerce.Outbox;

/// <summary>A message that was given up after the last attempt.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Name of the event.</param>
/// <param name="Payload">JSON.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">Type and message of the last exception.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="DiedAt">When it was given up.</param>
public sealed record DeadLetter(long Id, string Type, string Payload, int Attempts, string LastError, DateTimeOffset CreatedAt, DateTimeOffset DiedAt);

/// <summary>How much is waiting.</summary>
/// <param name="Pending">Messages not handled yet, retries included.</param>
/// <param name="Dead">Messages given up.</param>
public sealed record OutboxCounts(long Pending, long Dead);

/// <summary>What an administrator sees of, and does to, a tenant's undeliverable messages.</summary>
public interface IOutboxAdmin
{
    /// <summary>Lists dead letters, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The dead letters.</returns>
    Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(TenantScope scope, int skip, int take, CancellationToken cancellationToken = default);

    /// <summary>One dead letter; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The dead letter, or null.</returns>
    Task<DeadLetter?> FindDeadLetterAsync(TenantScope scope, long id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a dead letter for good; who and why is written to the log.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The message.</param>
    /// <param name="actor">User name of who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such dead letter.</returns>
    Task<bool> DiscardAsync(TenantScope scope, long id, string actor, string reason, CancellationToken cancellationToken = default);

    /// <summary>Puts a dead letter back in the queue with fresh attempts, for the handlers that are not done with it.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The message; null for all of the tenant's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were put back.</returns>
    Task<int> ReplayAsync(TenantScope scope, long? id = null, CancellationToken cancellationToken = default);

    /// <summary>Counts the tenant's messages.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The counts.</returns>
    Task<OutboxCounts> CountAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Counts the dead letters of all tenants, for the operator of the platform: a shop's own staff must not see it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many each tenant has; tenants without any are left out.</returns>
    Task<IReadOnlyDictionary<string, long>> CountDeadByTenantAsync(CancellationToken cancellationToken = default);
}
