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

    /// <summary>Free bytes that <see cref="Check"/> needs in front of the body, to put "t." there instead of copying the body.</summary>
    public const int Room = 24;

    private const int MaxSignatures = 4;

    /// <summary>Checks a header against the body at <paramref name="buffer"/>[Room..]; the room in front is overwritten.</summary>
    public static SignatureCheck Check(string? header, ReadOnlySpan<byte> secret, Span<byte> buffer, DateTimeOffset now)
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
        HMACSHA256.HashData(secret, WithTime(buffer, time), expected);
        var check = AnyMatches(header, expected);
        return check == SignatureCheck.Valid && Math.Abs(now.ToUnixTimeSeconds() - time) > ToleranceSeconds
            ? SignatureCheck.Stale
            : check;
    }

    /// <summary>The header's value for a body sent now.</summary>
    public static string Create(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds();
        var buffer = new byte[Room + body.Length];
        body.CopyTo(buffer.AsSpan(Room));
        var hash = HMACSHA256.HashData(secret, WithTime(buffer, time));
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
                // At most 12 digits: what is longer is no time, and must fit the room in front of the body.
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

            if (++seen > MaxSignatures || Convert.FromHexString(part[3..], given, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                return SignatureCheck.Malformed;
            }

            matches |= CryptographicOperations.FixedTimeEquals(given, expected);
        }

        return seen == 0 ? SignatureCheck.Malformed : matches ? SignatureCheck.Valid : SignatureCheck.Wrong;
    }

    private static ReadOnlySpan<byte> WithTime(Span<byte> buffer, long time)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(time, digits, out var length);
        var start = Room - length - 1;
        digits[..length].CopyTo(buffer[start..]);
        buffer[Room - 1] = (byte)'.';
        return buffer[start..];
    }
}
