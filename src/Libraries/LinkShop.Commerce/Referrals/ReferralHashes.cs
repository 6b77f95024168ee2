using System.Globalization;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Referrals;

/// <summary>Keyed hashes by which a promoter is recognised as a buyer. The same person's spellings give the same hash.</summary>
internal static class ReferralHashes
{
    public static byte[]? Of(ITenantCipher cipher, PromoterSignal kind, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        return kind switch
        {
            PromoterSignal.Contact => Person(value) is { } person ? cipher.Fingerprint("referral-contact:" + person) : null,
            PromoterSignal.Address => Contact.HashAddress(cipher, value.Trim()),
            PromoterSignal.RealName => cipher.Fingerprint("referral-name:" + ReferralWords.Plain(value)),
            _ => cipher.Fingerprint($"referral-{kind}:{value.Trim()}"),
        };
    }

    /// <summary>All hashes that a promoter is known by for a signal. A contact has two: who bought as a guest before orders kept the one form for a person was kept by the contact alone.</summary>
    public static IEnumerable<byte[]> All(ITenantCipher cipher, PromoterSignal kind, string? value)
    {
        if (Of(cipher, kind, value) is not { } hash)
            yield break;
        yield return hash;
        if (kind == PromoterSignal.Contact)
            yield return Contact.Hash(cipher, Contact.Normalize(value)!);
    }

    /// <summary>One form for all addresses that reach one person: without what follows a plus sign, and at Gmail without dots, which it ignores.</summary>
    public static string? Person(string contact)
    {
        if (Contact.Normalize(contact) is not { } normal)
            return null;
        var at = normal.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return normal.TrimStart('+');
        var (name, domain) = (normal[..at], normal[(at + 1)..]);
        var plus = name.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0)
            name = name[..plus];
        if (domain is "gmail.com" or "googlemail.com")
            (name, domain) = (name.Replace(".", "", StringComparison.Ordinal), "gmail.com");
        return name + "@" + domain;
    }
}

/// <summary>Tokens of clicks, kept in the visitor's cookie: signed, so that nobody makes up a click, and telling when it was, so that attribution needs no stored click.</summary>
internal static class ReferralTokens
{
    public static string Make(ITenantCipher cipher, string clickId, string linkId) => $"{clickId}.{linkId}.{Sign(cipher, clickId, linkId)}";

    /// <summary>The click, or null when the token isn't one of ours.</summary>
    public static (string ClickId, string LinkId, DateTimeOffset At)? Read(ITenantCipher cipher, string? token)
    {
        if (token is not { Length: > 0 and <= 120 } || token.Split('.') is not [var click, var link, var signature] || !CommerceId.IsWellFormed(click))
            return null;
        var expected = System.Text.Encoding.ASCII.GetBytes(Sign(cipher, click, link));
        if (!System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(expected, System.Text.Encoding.UTF8.GetBytes(signature)))
            return null;
        return (click, link, CommerceId.TimeOf(click));
    }

    private static string Sign(ITenantCipher cipher, string clickId, string linkId) => Convert.ToHexString(cipher.Fingerprint($"referral-click:{clickId}.{linkId}"));
}

/// <summary>A buyer at checkout, as far as whose sale it is depends on them.</summary>
internal sealed record ReferralBuyer(ReferralTouches? Touches, string? UserId, string? Contact, byte[]? ContactHash, byte[]? AddressHash, ITenantCipher Cipher, DateTimeOffset Now, bool Asks = false)
{
    public static ReferralBuyer Of(OrderDraft draft) =>
        new(draft.Request.Referral, draft.Request.UserId, draft.Request.Contact, draft.ContactHash, draft.AddressHash, draft.Cipher, draft.Now);

    public static ReferralBuyer Of(OrderRequest request, ITenantCipher cipher, DateTimeOffset now)
    {
        var contact = Ordering.Contact.Normalize(request.Contact);
        return new(
            request.Referral, request.UserId, request.Contact, contact is null ? null : Ordering.Contact.Hash(cipher, contact), Ordering.Contact.HashAddress(cipher, request.ClientAddress), cipher, now, Asks: true);
    }

    /// <summary>Whose purchases are counted together; null when nobody can tell.</summary>
    public string? Key => UserId is not null ? KeyOf(UserId) : ReferralHashes.Of(Cipher, PromoterSignal.Contact, Contact) is { } hash ? KeyOf(hash)
        // who asks for the price has a code before they have said who they are; the order will know
        : Asks ? "?" : null;

    public static string KeyOf(string userId) => "u:" + userId;

    public static string KeyOf(byte[] contact) => "c:" + Convert.ToHexString(contact).ToLower(CultureInfo.InvariantCulture);
}
