using System.Security.Cryptography;

namespace LinkShop.Commerce;

/// <summary>Makes and checks ids: 48 bits of milliseconds and 80 random bits as 26 characters of Crockford base32.</summary>
/// <remarks>
/// Time comes first so that new rows land next to each other in an index, which keeps the cost of an order flat as tables grow.
/// The 80 random bits make an id of a stranger's order unguessable.
/// </remarks>
public static class CommerceId
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Length of an id in characters.</summary>
    public const int Length = 26;

    /// <summary>Makes a new id.</summary>
    /// <param name="clock">Where the time comes from.</param>
    public static string New(TimeProvider clock) => New(clock.GetUtcNow());

    /// <summary>Makes a new id for a moment.</summary>
    /// <param name="now">The moment, 1970 or later.</param>
    public static string New(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        return Create(now.ToUnixTimeMilliseconds(), random);
    }

    /// <summary>The smallest id of a moment: a bound for range searches by time.</summary>
    /// <param name="moment">The moment; before 1970 there are no ids, so the bound is the smallest there is.</param>
    public static string LowerBound(DateTimeOffset moment)
    {
        Span<byte> zero = stackalloc byte[10];
        zero.Clear();
        return Create(Math.Max(0, moment.ToUnixTimeMilliseconds()), zero);
    }

    /// <summary>Whether a text has the form of an id.</summary>
    /// <param name="text">The text, or null.</param>
    public static bool IsWellFormed(string? text)
    {
        if (text is not { Length: Length } || text[0] > '7')
            return false;
        foreach (var c in text)
        {
            if (!Alphabet.Contains(c, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    /// <summary>When an id was made.</summary>
    /// <param name="id">A well-formed id.</param>
    public static DateTimeOffset TimeOf(string id)
    {
        var milliseconds = 0L;
        for (var i = 0; i < 10; i++)
            milliseconds = (milliseconds << 5) | (long)Alphabet.IndexOf(id[i], StringComparison.Ordinal);
        // made-up ids may name a time after the calendar's end
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }

    private static string Create(long milliseconds, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
        Span<char> text = stackalloc char[Length];
        for (var i = 9; i >= 0; i--, milliseconds >>= 5)
            text[i] = Alphabet[(int)(milliseconds & 31)];
        WriteGroup(random[..5], text[10..18]);
        WriteGroup(random[5..], text[18..]);
        return new string(text);
    }

    private static void WriteGroup(ReadOnlySpan<byte> five, Span<char> eight)
    {
        var bits = ((ulong)five[0] << 32) | ((ulong)five[1] << 24) | ((ulong)five[2] << 16) | ((ulong)five[3] << 8) | five[4];
        for (var i = 7; i >= 0; i--, bits >>= 5)
            eight[i] = Alphabet[(int)(bits & 31)];
    }
}
