using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Outbox;

/// <summary>Announces what happened, in the same transaction as the change: either both are stored or neither.</summary>
public interface IOutbox
{
    /// <summary>Adds a message that the worker hands to every interested handler at least once after the commit.</summary>
    /// <typeparam name="T">Type of the payload.</typeparam>
    /// <param name="connection">The write whose commit publishes the message.</param>
    /// <param name="type">Name of the event, e.g. <c>OrderPaid</c>.</param>
    /// <param name="payload">Stored as JSON (camel case). Ids, never secrets.</param>
    /// <param name="tenant">The tenant concerned; only, and always, given on a system connection.</param>
    void Add<T>(ICommerceConnection connection, string type, T payload, string? tenant = null);
}
