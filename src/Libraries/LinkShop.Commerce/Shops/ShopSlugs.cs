using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkShop.Commerce.Shops;

/// <summary>What a shop's address may be, and what looks like what.</summary>
public static partial class ShopSlugs
{
    // roads of the platform itself, and words that would make a buyer trust the wrong one
    private static readonly string[] Words =
    [
        "about", "abuse", "account", "accounts", "admin", "administrator", "api", "app", "assets", "auth", "billing", "blog", "card", "cards", "cart", "cdn", "changepassword",
        "checkout", "contact", "css", "default", "demo", "dev", "docs", "download", "error", "favicon", "finance", "health", "healthz", "help", "home", "host", "img", "images", "index", "js",
        "legal", "lib", "link-shop", "linkshop", "localhost", "login", "logout", "mail", "mall", "malls", "media", "metrics", "my-shops", "null", "official", "open-a-shop", "openapi", "order",
        "orders", "owner", "pay", "payment", "payments", "payout", "payouts", "plan", "plans", "platform", "policy", "privacy", "proxy", "public", "refund", "refunds", "register", "resale", "robots", "root",
        "sandbox", "search", "secure", "security", "service", "settings", "setup", "shop", "shop-entry", "shops", "shop-qr", "signin", "signup", "sitemap", "smtp", "ssl", "staff", "static", "status", "store",
        "support", "system", "tenant", "tenants", "terms", "test", "undefined", "user", "users", "verify", "wallet", "webhook", "webhooks", "www",
        "alipay", "wechat", "wechatpay", "weixin", "unionpay", "paypal", "stripe", "liandong", "guanfang", "kefu",
    ];

    private static readonly FrozenSet<string> Reserved = Words.Select(Skeleton).ToFrozenSet(StringComparer.Ordinal);

    // as a part of a longer address they mislead just as much
    private static readonly string[] Misleading = [.. new[] { "linkshop", "official", "alipay", "wechatpay", "guanfang" }.Select(Skeleton)];

    /// <summary>Shortest address.</summary>
    public const int MinLength = 3;

    /// <summary>Longest address.</summary>
    public const int MaxLength = 30;

    /// <summary>How long an address that a shop has left, and what looks like it, is nobody else's. Until somebody takes it, it leads to the shop's new address.</summary>
    public static readonly TimeSpan KeptAfterLeaving = TimeSpan.FromDays(90);

    /// <summary>What an address is once letters that look alike are the same: two addresses with one skeleton can be mistaken for each other.</summary>
    /// <param name="slug">The address.</param>
    public static string Skeleton(string slug)
    {
        var text = new StringBuilder(slug.Length);
        foreach (var c in slug)
        {
            switch (char.ToLowerInvariant(c))
            {
                case '-' or '_' or '.' or ' ': break;
                case '0': text.Append('o'); break;
                case '1' or 'i' or '|': text.Append('l'); break;
                case '5': text.Append('s'); break;
                case var other: text.Append(other); break;
            }
        }

        return text.Replace("rn", "m").Replace("vv", "w").ToString();
    }

    /// <summary>What is wrong with an address, whoever has it; null when nothing is.</summary>
    /// <param name="slug">The address.</param>
    public static CommerceError? Check(string? slug)
    {
        if (string.IsNullOrEmpty(slug))
            return new(CommerceErrors.Required, "A shop has an address.", "slug");
        if (slug.Length < MinLength)
            return new(CommerceErrors.TooShort, "An address has at least 3 characters.", "slug");
        if (slug.Length > MaxLength)
            return new(CommerceErrors.TooLong, "An address has at most 30 characters.", "slug");
        // a double hyphen is how encoded foreign letters begin (xn--)
        if (!Form().IsMatch(slug) || slug.Contains("--", StringComparison.Ordinal))
            return new(CommerceErrors.Invalid, "An address has small letters, digits and single hyphens between them.", "slug");
        var skeleton = Skeleton(slug);
        return Reserved.Contains(skeleton) || Array.Exists(Misleading, word => skeleton.Contains(word, StringComparison.Ordinal))
            ? new(ShopErrors.SlugReserved, "This address is the platform's own, or looks like it.", "slug")
            : null;
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\z")]
    private static partial Regex Form();
}
