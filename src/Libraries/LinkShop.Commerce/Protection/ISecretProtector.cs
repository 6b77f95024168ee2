using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Protection;

/// <summary>Gives access to a tenant's data key, which is stored wrapped by the host's data protection and cached unwrapped in memory.</summary>
public interface ISecretProtector
{
    /// <summary>Loads a tenant's key, making it on first use. Not inside a write: use the other form there.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The tenant's cipher, valid as long as the process.</returns>
    ValueTask<ITenantCipher> ForAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Loads the key of the connection's tenant inside a read or a write; a write makes it on first use.</summary>
    /// <param name="connection">A connection in a tenant's scope.</param>
    /// <returns>The tenant's cipher.</returns>
    /// <exception cref="InvalidOperationException">The tenant has no key yet and the connection only reads, or has no tenant.</exception>
    ValueTask<ITenantCipher> ForAsync(ICommerceConnection connection);
}

/// <summary>Encrypts and fingerprints secrets with one tenant's key. Thread-safe.</summary>
public interface ITenantCipher
{
    /// <summary>Encrypts with AES-256-GCM under a random nonce.</summary>
    /// <param name="plaintext">The secret.</param>
    /// <returns>Version, nonce, ciphertext and tag.</returns>
    byte[] Encrypt(ReadOnlySpan<byte> plaintext);

    /// <summary>Encrypts a text (UTF-8).</summary>
    /// <param name="plaintext">The secret.</param>
    /// <returns>Version, nonce, ciphertext and tag.</returns>
    byte[] Encrypt(string plaintext);

    /// <summary>Decrypts what <see cref="Encrypt(string)"/> made.</summary>
    /// <param name="ciphertext">The stored bytes.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes are damaged or another tenant's.</exception>
    string Decrypt(ReadOnlySpan<byte> ciphertext);

    /// <summary>Decrypts what <see cref="Encrypt(ReadOnlySpan{byte})"/> made.</summary>
    /// <param name="ciphertext">The stored bytes.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes are damaged or another tenant's.</exception>
    byte[] DecryptBytes(ReadOnlySpan<byte> ciphertext);

    /// <summary>Fingerprints a secret (HMAC-SHA256 under a separate key, first 16 bytes): equal secrets have equal fingerprints within the tenant, and nothing else can be told from it.</summary>
    /// <param name="plaintext">The secret.</param>
    /// <returns>16 bytes.</returns>
    byte[] Fingerprint(ReadOnlySpan<byte> plaintext);

    /// <summary>Fingerprints a text (UTF-8).</summary>
    /// <param name="plaintext">The secret.</param>
    /// <returns>16 bytes.</returns>
    byte[] Fingerprint(string plaintext);
}
