using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Ordering;

/// <summary>An e-mail address or phone number in one form, however it was typed: what the order is found by.</summary>
internal static class Contact
{
    /// <summary>The normal form, or null when the text is neither.</summary>
    public static string? Normalize(string? text)
    {
        var trimmed = Typed.Plain(text).Trim();
        if (trimmed.Contains('@', StringComparison.Ordinal))
            return IsEmail(trimmed) ? trimmed.ToLowerInvariant() : null;
        var phone = string.Concat(trimmed.Where(c => c is not (' ' or '-' or '(' or ')' or '.')));
        if (phone.StartsWith("00", StringComparison.Ordinal))
            phone = "+" + phone[2..];
        // +86 is what most buyers leave out: with and without must find the same order, and are one buyer
        if (phone.StartsWith("+86", StringComparison.Ordinal) && phone.Length == 14)
            phone = phone[3..];
        else if (phone.StartsWith("86", StringComparison.Ordinal) && IsChineseMobile(phone.AsSpan(2)))
            phone = phone[2..];
        return IsPhone(phone) ? phone : null;
    }

    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= 254 && at is > 0 and <= 64 && at == text.LastIndexOf('@')
            && text.AsSpan(at + 1).Contains('.') && text[0] != '.' && text[at - 1] != '.' && text[at + 1] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal)
            // what mail servers don't take is no address that anything can be sent to; a domain may be in any script
            && !text.AsSpan(0, at).ContainsAnyExceptInRange('!', '~')
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')' or '[' or ']' or ':' or '\\');
    }

    public static bool IsPhone(string text)
    {
        var digits = text.AsSpan(text.StartsWith('+') ? 1 : 0);
        // no country's code begins with a zero
        return !text.StartsWith("+0", StringComparison.Ordinal) && digits.Length is >= 5 and <= 20 && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsChineseMobile(ReadOnlySpan<char> digits) => digits.Length == 11 && digits[0] == '1' && digits[1] is >= '3' and <= '9' && digits.IndexOfAnyExceptInRange('0', '9') < 0;

    public static byte[] Hash(ITenantCipher cipher, string normalized) => cipher.Fingerprint("contact:" + normalized);

    public static byte[]? HashAddress(ITenantCipher cipher, string? address) => address is null ? null : cipher.Fingerprint("address:" + NetworkAddress.Of(address));

    /// <summary>Enough to recognise one's own, too little to learn another's.</summary>
    public static string Mask(string contact)
    {
        var at = contact.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? contact : contact[..at];
        var shown = name.Length switch { <= 2 => (1, 0), <= 6 => (1, 1), _ => (3, at < 0 ? 4 : 1) };
        return $"{name[..shown.Item1]}***{name[^shown.Item2..]}{(at < 0 ? "" : contact[at..])}";
    }
}
