namespace LinkShop.Commerce.Outbox;

/// <summary>Finds the handlers of a message and calls them. The default asks the host's container; a host with tenants replaces it by one that enters the tenant's scope.</summary>
public interface IOutboxDispatcher
{
    /// <summary>Gives the message to all handlers that want it; completes at once if there is none.</summary>
    /// <param name="tenant">The tenant in whose scope the handlers run.</param>
    /// <param name="message">The event.</param>
    /// <param name="cancellationToken">The process is stopping.</param>
    /// <returns>A task that fails if any handler failed; with <see cref="OutboxHandlersException"/>, those that are done are not called again.</returns>
    Task DispatchAsync(TenantScope tenant, OutboxMessage message, CancellationToken cancellationToken);
}

/// <summary>A message's tenant is being set up, disabled or not known to this process yet: nobody can take the message now, and that is no defect.</summary>
/// <param name="tenant">Name of the tenant.</param>
public sealed class TenantNotRunningException(string tenant) : Exception($"The tenant '{tenant}' isn't running.");
