namespace LinkShop.Commerce.Outbox;

/// <summary>Reacts to events. Must be idempotent: a message comes at least once, in no particular order; again after a failure of this handler or the death of the process, not for other handlers' failures.</summary>
public interface IOutboxHandler
{
    /// <summary>Whether this handler wants messages of a type. Asked before a scope is entered, so it must be cheap and constant.</summary>
    /// <param name="type">Name of the event.</param>
    /// <returns>True to receive it.</returns>
    bool Handles(string type);

    /// <summary>Handles a message; an exception brings it again later.</summary>
    /// <param name="message">The event.</param>
    /// <param name="cancellationToken">The process is stopping.</param>
    /// <returns>A task that completes when the effect is durable.</returns>
    Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken);
}
