using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace LinkShop.Payments.Sandbox;

/// <summary>What the check of a callback's signature came to.</summary>
internal enum SignatureCheck
{
    Valid,
    Missing,
    Malformed,
    Stale,
    Wrong,
}

/// <summary>
/// Header <c>LinkShop-Signature: t=unix seconds,v1=hex(HMAC-SHA256(secret, t + "." + body))</c>.
/// The time is signed with the body, so that a recorded callback can't be sent again outside the tolerance.
/// </summary>
internal static class SandboxSignature
{
    public const string HeaderName = "LinkShop-Signature";

    /// <summary>How far, in seconds, the signed time may be from the server's clock, in both directions.</summary>
    public const long ToleranceSeconds = 300;

    private const int MaxSignatures = 4;

    private const int OnStack = 2048;

    /// <summary>Checks a header against a body.</summary>
    public static SignatureCheck Check(string? header, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(header))
        {
            return SignatureCheck.Missing;
        }

        if (!TryReadTime(header, out var time))
        {
            return SignatureCheck.Malformed;
        }

        // The signature is checked before the age: an attacker learns nothing about the clock from unsigned times.
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(secret, time, body, expected);
        var check = AnyMatches(header, expected);
        return check == SignatureCheck.Valid && Math.Abs(now.ToUnixTimeSeconds() - time) > ToleranceSeconds
            ? SignatureCheck.Stale
            : check;
    }

    /// <summary>The header's value for a body sent now.</summary>
    public static string Create(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds();
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(secret, time, body, hash);
        return string.Create(CultureInfo.InvariantCulture, $"t={time},v1={Convert.ToHexStringLower(hash)}");
    }

    private static bool TryReadTime(ReadOnlySpan<char> header, out long time)
    {
        time = 0;
        foreach (var range in header.Split(','))
        {
            var part = header[range].Trim();
            if (part.StartsWith("t=", StringComparison.Ordinal))
            {
                // At most 12 digits: what is longer is no time.
                return part.Length <= 14 && long.TryParse(part[2..], NumberStyles.None, CultureInfo.InvariantCulture, out time);
            }
        }

        return false;
    }

    private static SignatureCheck AnyMatches(ReadOnlySpan<char> header, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var seen = 0;
        var matches = false;
        foreach (var range in header.Split(','))
        {
            var part = header[range].Trim();
            if (!part.StartsWith("v1=", StringComparison.Ordinal) || part.Length != 3 + 2 * HMACSHA256.HashSizeInBytes)
            {
                continue;
            }

            if (++seen > MaxSignatures || Convert.FromHexString(part[3..], given, out _, out _) != OperationStatus.Done)
            {
                return SignatureCheck.Malformed;
            }

            matches |= CryptographicOperations.FixedTimeEquals(given, expected);
        }

        return seen == 0 ? SignatureCheck.Malformed : matches ? SignatureCheck.Valid : SignatureCheck.Wrong;
    }

    private static void Sign(ReadOnlySpan<byte> secret, long time, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        const int timeRoom = 24;
        var size = timeRoom + body.Length;
        // The hash wants one span; a callback is a few hundred bytes, so the copy costs less than hashing in parts.
        var rented = size > OnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> text = rented ?? stackalloc byte[OnStack];
        Utf8Formatter.TryFormat(time, text, out var length);
        text[length++] = (byte)'.';
        body.CopyTo(text[length..]);
        HMACSHA256.HashData(secret, text[..(length + body.Length)], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
