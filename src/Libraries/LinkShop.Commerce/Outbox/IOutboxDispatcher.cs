namespace LinkShop.Commerce.Outbox;

/// <summary>Finds the handlers of a message and calls them. The default asks the host's container; a host with tenants replaces it by one that enters the tenant's scope.</summary>
public interface IOutboxDispatcher
{
    /// <summary>Gives the message to all handlers that want it; completes at once if there is none.</summary>
    /// <param name="tenant">The tenant in whose scope the handlers run.</param>
    /// <param name="message">The event.</param>
    /// <param name="cancellationToken">The process is stopping.</param>
    /// <returns>A task that fails if any handler failed.</returns>
    Task DispatchAsync(TenantScope tenant, OutboxMessage message, CancellationToken cancellationToken);
}
