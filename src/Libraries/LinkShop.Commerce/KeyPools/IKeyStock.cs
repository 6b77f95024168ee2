using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.KeyPools;

/// <summary>What an order does with keys, inside the order's own transaction. Each call is one or two statements, at any number of stored keys.</summary>
public interface IKeyStock
{
    /// <summary>Holds keys for an order line: either all or none.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="line">The order's line.</param>
    /// <param name="quantity">How many.</param>
    /// <param name="until">Until when they are held; the order's own expiry releases them.</param>
    /// <param name="order">Which keys to prefer (the pool's setting).</param>
    /// <param name="specificKeyIds">The keys the buyer picked, exactly <paramref name="quantity"/> of them; null for any.</param>
    /// <returns>The keys' ids, or null if there aren't enough: then nothing is held.</returns>
    Task<IReadOnlyList<long>?> ReserveAsync(ICommerceConnection connection, long poolId, string orderId, int line, int quantity, DateTimeOffset until, KeyPickOrder order, IReadOnlyList<long>? specificKeyIds = null);

    /// <summary>Puts an order's held keys back on sale (expired, cancelled), but for those whose import was recalled meanwhile: they are void. Doing it again changes nothing.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <returns>How many were held.</returns>
    Task<int> ReleaseAsync(ICommerceConnection connection, string orderId);

    /// <summary>Reads which keys an order holds, together with the next statement. Nobody changes them while its row is locked.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <returns>The keys: the caller compares their number with what was ordered.</returns>
    DeferredRows<ClaimedKey> Held(ICommerceConnection connection, string orderId);

    /// <summary>Hands held keys over.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="keys">What <see cref="Held"/> gave in the same write.</param>
    void Deliver(ICommerceConnection connection, string orderId, IReadOnlyList<ClaimedKey> keys);

    /// <summary>Hands an order's held keys over. Doing it again changes nothing and returns none.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <returns>The keys that were handed over by this call.</returns>
    Task<IReadOnlyList<ClaimedKey>> DeliverAsync(ICommerceConnection connection, string orderId);

    /// <summary>Takes delivered keys back: all of the order's, or the given ones.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="keyIds">Which; null for all.</param>
    /// <returns>How many were taken back.</returns>
    Task<int> RevokeAsync(ICommerceConnection connection, string orderId, IReadOnlyList<long>? keyIds = null);

    /// <summary>Gives an order the keys again that were taken back with all of its payment, but not those of lines that a decided refund took back.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <returns>How many it has again.</returns>
    Task<int> RestoreAsync(ICommerceConnection connection, string orderId);

    /// <summary>Delivers another key of the same pool in place of a delivered one that is bad.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="keyId">The bad key.</param>
    /// <param name="order">Which key to prefer.</param>
    /// <returns>The new key's id, or null if the pool is empty: then nothing is changed.</returns>
    /// <exception cref="IllegalTransitionException">The key isn't delivered to this order.</exception>
    Task<long?> ReplaceAsync(ICommerceConnection connection, string orderId, long keyId, KeyPickOrder order);

    /// <summary>Exchanges keys that an unpaid order holds for others of their pool, the oldest; those it held are voided.</summary>
    /// <param name="connection">The write, which has the order's lock.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="keyIds">Keys that it holds.</param>
    /// <returns>False when there aren't enough others: then nothing was changed.</returns>
    Task<bool> ExchangeAsync(ICommerceConnection connection, string orderId, IReadOnlyList<long> keyIds);

    /// <summary>Lists the keys that an order holds or has (reserved or delivered), without secrets.</summary>
    /// <param name="connection">A read or write in the tenant's scope.</param>
    /// <param name="orderId">The order.</param>
    /// <returns>The keys by line and id.</returns>
    Task<IReadOnlyList<CardKey>> ListAsync(ICommerceConnection connection, string orderId);

    /// <summary>Reads the delivered keys of an order in clear. The caller has made sure that it is the order's buyer who asks.</summary>
    /// <param name="connection">A read or write in the tenant's scope.</param>
    /// <param name="orderId">The order.</param>
    /// <returns>The keys by line and id; replaced and revoked ones are left out.</returns>
    Task<IReadOnlyList<DeliveredKey>> ReadDeliveredAsync(ICommerceConnection connection, string orderId);

    /// <summary>Reads the secret of a reusable pool. The caller has made sure that the buyer has paid.</summary>
    /// <param name="connection">A read or write in the tenant's scope.</param>
    /// <param name="poolId">The pool.</param>
    /// <returns>The secret, or null if there is no such reusable pool.</returns>
    Task<string?> ReadReusableAsync(ICommerceConnection connection, long poolId);

    /// <summary>Counts available keys for a stock display, looking at no more than <paramref name="cap"/>.</summary>
    /// <param name="connection">A read or write in the tenant's scope.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="cap">Where counting stops.</param>
    /// <returns>0 to <paramref name="cap"/>; <paramref name="cap"/> for a reusable pool.</returns>
    Task<int> CountAvailableAsync(ICommerceConnection connection, long poolId, int cap = 1000);

    /// <summary>Counts the available keys of several pools in one statement, looking at no more than <paramref name="cap"/> of each.</summary>
    /// <param name="connection">A read or write in the tenant's scope.</param>
    /// <param name="poolIds">The pools.</param>
    /// <param name="cap">Where counting stops.</param>
    /// <returns>0 to <paramref name="cap"/> by pool; unknown pools are left out.</returns>
    Task<IReadOnlyDictionary<long, int>> CountAvailableAsync(ICommerceConnection connection, IReadOnlyList<long> poolIds, int cap = 1000);
}
