using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LinkShop.Testing;

/// <summary>The sandbox gateway's side of a payment: signs what it tells the shop.</summary>
public static class SandboxGateway
{
    public const string SignatureHeader = "LinkShop-Signature";

    private static readonly byte[] DefaultSecret = Encoding.UTF8.GetBytes(LinkShopServer.SandboxSecret);

    /// <summary>The signature header's value for a callback's body.</summary>
    /// <param name="body">Exactly the bytes that are sent.</param>
    /// <param name="secret">Null signs with the secret that <see cref="LinkShopServer"/> configures.</param>
    /// <param name="age">Seconds by which the signature is older than now.</param>
    public static string Sign(ReadOnlySpan<byte> body, string? secret = null, int age = 0)
    {
        var time = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - age).ToString(CultureInfo.InvariantCulture);
        var signed = new byte[time.Length + 1 + body.Length];
        Encoding.ASCII.GetBytes(time + ".", signed);
        body.CopyTo(signed.AsSpan(time.Length + 1));
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(secret is null ? DefaultSecret : Encoding.UTF8.GetBytes(secret), signed))}";
    }
}
