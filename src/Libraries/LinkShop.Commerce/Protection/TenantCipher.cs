using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace LinkShop.Commerce.Protection;

/// <summary>AES-256-GCM and HMAC-SHA256 under two keys derived from a tenant's data key.</summary>
internal sealed class TenantCipher : ITenantCipher
{
    public const int DataKeySize = 32;
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int FingerprintSize = 16;
    private readonly byte[] _encryptionKey;
    private readonly byte[] _fingerprintKey;

    // an AesGcm belongs to one thread at a time, and making one costs more than using it
    private readonly ConcurrentBag<AesGcm> _ciphers = [];

    public TenantCipher(byte[] dataKey)
    {
        _encryptionKey = HKDF.Expand(HashAlgorithmName.SHA256, dataKey, 32, "linkshop encrypt 1"u8.ToArray());
        _fingerprintKey = HKDF.Expand(HashAlgorithmName.SHA256, dataKey, 32, "linkshop fingerprint 1"u8.ToArray());
    }

    public byte[] Encrypt(ReadOnlySpan<byte> plaintext)
    {
        var result = new byte[1 + NonceSize + plaintext.Length + TagSize];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        var aes = Rent();
        aes.Encrypt(nonce, plaintext, result.AsSpan(1 + NonceSize, plaintext.Length), result.AsSpan(1 + NonceSize + plaintext.Length));
        _ciphers.Add(aes);
        return result;
    }

    public byte[] Encrypt(string plaintext) => WithUtf8(plaintext, bytes => Encrypt(bytes));

    public string Decrypt(ReadOnlySpan<byte> ciphertext) => Encoding.UTF8.GetString(DecryptBytes(ciphertext));

    public byte[] DecryptBytes(ReadOnlySpan<byte> ciphertext)
    {
        var length = ciphertext.Length - 1 - NonceSize - TagSize;
        if (length < 0 || ciphertext[0] != Version)
        {
            throw new CryptographicException("The stored secret is damaged or of an unknown version.");
        }

        var plaintext = new byte[length];
        var aes = Rent();
        aes.Decrypt(ciphertext.Slice(1, NonceSize), ciphertext.Slice(1 + NonceSize, length), ciphertext[^TagSize..], plaintext);
        _ciphers.Add(aes);
        return plaintext;
    }

    public byte[] Fingerprint(ReadOnlySpan<byte> plaintext)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_fingerprintKey, plaintext, hash);
        return hash[..FingerprintSize].ToArray();
    }

    public byte[] Fingerprint(string plaintext) => WithUtf8(plaintext, bytes => Fingerprint(bytes));

    private delegate byte[] Use(ReadOnlySpan<byte> bytes);

    private static byte[] WithUtf8(string text, Use use)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return use(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private AesGcm Rent() => _ciphers.TryTake(out var aes) ? aes : new AesGcm(_encryptionKey, TagSize);
}
