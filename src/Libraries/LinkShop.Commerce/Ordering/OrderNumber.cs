namespace LinkShop.Commerce.Ordering;

/// <summary>
/// The number that people read out is the first 16 characters of the id, in groups of four: unique because the id is, without a counter that all
/// orders would queue for, and found by the primary key. It doesn't open an order: 50 random bits of the id are not in it.
/// </summary>
public static class OrderNumber
{
    private const int Characters = 16;

    /// <summary>The number of an order.</summary>
    /// <param name="orderId">Its id.</param>
    public static string Of(string orderId) => $"{orderId.AsSpan(0, 4)}-{orderId.AsSpan(4, 4)}-{orderId.AsSpan(8, 4)}-{orderId.AsSpan(12, 4)}";

    /// <summary>The first of the ids that a typed number or id can mean, whether or not there is such an order; null when it is neither.</summary>
    /// <param name="typed">What was typed.</param>
    public static string? FirstId(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : Range(typed)?.From;

    /// <summary>The first and last of the ids that a typed number or id can mean, or null when it is neither.</summary>
    internal static (string From, string To)? Range(string typed)
    {
        var plain = string.Concat(Typed.Plain(typed).Where(c => c is not ('-' or ' '))).ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1');
        if (plain.Length == CommerceId.Length)
            return CommerceId.IsWellFormed(plain) ? (plain, plain) : null;
        return plain.Length == Characters && CommerceId.IsWellFormed(plain + "0000000000") ? (plain, plain + "ZZZZZZZZZZ") : null;
    }
}
