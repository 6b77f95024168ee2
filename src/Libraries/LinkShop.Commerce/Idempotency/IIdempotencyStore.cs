using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Idempotency;

/// <summary>The stored answer of a request that was already carried out.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Response body.</param>
public sealed record StoredResponse(int Status, string Body);

/// <summary>An idempotency key came with another request than the first time.</summary>
/// <param name="key">The key.</param>
public sealed class IdempotencyConflictException(string key)
    : CommerceException("idempotency_key_reused", $"The idempotency key '{key}' was used for a different request.");

/// <summary>An attempt to claim a key.</summary>
public abstract class IdempotencyClaim
{
    /// <summary>Null: claimed, carry the request out and <see cref="IIdempotencyStore.Complete"/> it. Otherwise the answer to repeat.</summary>
    /// <exception cref="IdempotencyConflictException">The key was used with another hash.</exception>
    public abstract StoredResponse? Stored { get; }
}

/// <summary>
/// Makes a request with a client-made key take effect once. Both calls belong to the write that carries the request out, so a
/// concurrent twin waits for the first, then gets its answer; if the first fails, its key is free again.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>Claims a key, together with the next statement.</summary>
    /// <param name="connection">The write that carries the request out.</param>
    /// <param name="key">The client's key, 1–200 characters.</param>
    /// <param name="requestHash">Hash of everything in the request that matters (see <see cref="RequestHash"/>).</param>
    /// <returns>What came of it, to be looked at after the next statement that is awaited and before anything is changed.</returns>
    IdempotencyClaim Claim(ICommerceConnection connection, string key, byte[] requestHash);

    /// <summary>Stores the answer of a claimed key.</summary>
    /// <param name="connection">The same write.</param>
    /// <param name="key">The claimed key.</param>
    /// <param name="requestHash">The hash it was claimed with.</param>
    /// <param name="response">The answer to repeat for the key's life time.</param>
    void Complete(ICommerceConnection connection, string key, byte[] requestHash, StoredResponse response);
}

/// <summary>Hashes a request for <see cref="IIdempotencyStore"/>.</summary>
public static class RequestHash
{
    /// <summary>SHA-256 over the parts, each preceded by its length so that no two lists of parts collide.</summary>
    /// <param name="parts">Method, path, body and whatever else tells two requests apart.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Of(params ReadOnlySpan<string> parts)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(part));
        }

        return hash.GetHashAndReset();
    }
}
