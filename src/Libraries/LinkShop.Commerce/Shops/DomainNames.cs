using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkShop.Commerce.Shops;

/// <summary>Which host names a shop may want. Kept to what can be a domain at all: whose it is, only the proof tells.</summary>
public static partial class DomainNames
{
    /// <summary>How many a shop may have.</summary>
    public const int MostPerShop = 5;

    private const int MaxLength = 240;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    // names that never lead anywhere on the public internet
    private static readonly string[] Private = ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion", "invalid"];

    // The commonest endings below which others register names. Not the whole public suffix list, which needs weekly upkeep: a record at _linkshop.com.cn can only be
    // made by the registry anyway, so this spares people a mistake and guards nothing.
    private static readonly string[] Second = ["com", "net", "org", "gov", "edu", "ac", "mil", "co", "gob", "sch"];

    private static readonly HashSet<string> Suffixes = new(StringComparer.Ordinal)
    {
        "github.io", "gitee.io", "gitlab.io", "vercel.app", "netlify.app", "pages.dev", "workers.dev", "web.app", "firebaseapp.com", "herokuapp.com", "myshopify.com", "blogspot.com",
        "azurewebsites.net", "cloudfront.net", "amazonaws.com", "fly.dev", "onrender.com", "uk.com", "us.com", "cn.com", "eu.org", "ddns.net", "duckdns.org",
        "me.uk", "ltd.uk", "plc.uk", "or.jp", "ne.jp", "go.jp", "or.kr", "ne.kr", "go.kr", "idv.tw", "idv.hk", "id.au", "in.th", "or.id", "web.id",
    };

    private const string Provinces = " bj sh tj cq he sx nm ln jl hl js zj ah fj jx sd ha hb hn gd gx hi sc gz yn xz sn gs qh nx xj tw hk mo ";

    /// <summary>Reads what somebody typed: a host name, perhaps with a scheme before it; in any script.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="platformDomain">The platform's own domain, or null.</param>
    /// <returns>The host name in ASCII and small letters, or why it can't be a shop's.</returns>
    public static CommerceResult<string> Read(string? text, string? platformDomain)
    {
        var typed = (text ?? "").Trim();
        if (typed.Length == 0)
            return new CommerceError(CommerceErrors.Required, "Give a domain.", "domain");
        foreach (var scheme in (string[])["https://", "http://"])
        {
            if (typed.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                typed = typed[scheme.Length..];
        }

        if (ToAscii(typed.TrimEnd('/').TrimEnd('.')) is not { } name)
            return new CommerceError(CommerceErrors.Invalid, "That is no domain.", "domain");
        var labels = name.Split('.');
        if (Array.IndexOf(Private, labels[^1]) >= 0 || IsSuffix(labels, name))
            return new CommerceError(ShopErrors.DomainNotPossible, "Nobody can have this domain.", "domain");
        return platformDomain?.Trim().Trim('.').ToLowerInvariant() is { Length: > 0 } own && (name == own || name.EndsWith("." + own, StringComparison.Ordinal))
            ? new CommerceError(ShopErrors.DomainReserved, "This domain is the platform's own.", "domain")
            : name;
    }

    /// <summary>A host name for people: in its own script.</summary>
    /// <param name="domain">The host name in ASCII.</param>
    public static string Show(string domain)
    {
        try
        {
            return Idn.GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    private static string? ToAscii(string typed)
    {
        try
        {
            var ascii = Idn.GetAscii(typed.Normalize(NormalizationForm.FormKC).ToLowerInvariant()).ToLowerInvariant();
            // what can't be shown as it is, and comes back another way, is a trick
            return ascii.Length <= MaxLength && Name().IsMatch(ascii) && Idn.GetAscii(Idn.GetUnicode(ascii)) == ascii ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsSuffix(string[] labels, string name) =>
        Suffixes.Contains(name)
        || (labels is [var first, { Length: 2 } country] && (Array.IndexOf(Second, first) >= 0 || (country == "cn" && Provinces.Contains($" {first} ", StringComparison.Ordinal))));

    // at least two labels, and the last one begins with a letter: no address of numbers, in whatever notation
    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\z")]
    private static partial Regex Name();
}
