using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Ordering;

/// <summary>Access tokens and lookup passwords.</summary>
/// <remarks>
/// Both are keyed fingerprints (HMAC-SHA256 under the tenant's key) over the order's id, which has 80 random bits and so is the salt. The usual slow
/// password hash would cost more than the whole order, and its point is to protect a stolen table of passwords: without the tenant's key, which isn't in
/// the database in clear, these fingerprints can't even be tried. What remains is guessing at the door, and lookups are limited there.
/// The token isn't stored: it can be given again to who repeats a request, and a stolen database opens no order.
/// </remarks>
internal static class OrderSecrets
{
    public static string Token(ITenantCipher cipher, string orderId) => Base64Url.EncodeToString(cipher.Fingerprint("access:" + orderId));

    public static bool IsToken(ITenantCipher cipher, string orderId, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Token(cipher, orderId)), Encoding.UTF8.GetBytes(token));

    public static byte[] Password(ITenantCipher cipher, string orderId, string password) => cipher.Fingerprint($"lookup:{orderId}:{password.Trim()}");

    public static bool IsPassword(ITenantCipher cipher, string orderId, byte[]? stored, string password) =>
        stored is not null && CryptographicOperations.FixedTimeEquals(stored, Password(cipher, orderId, password));
}
