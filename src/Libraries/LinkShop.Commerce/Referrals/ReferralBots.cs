namespace LinkShop.Commerce.Referrals;

/// <summary>Tells programs from people by what they say of themselves. Who lies is found by the guard.</summary>
internal static class ReferralBots
{
    private static readonly string[] s_bots =
    [
        "bot", "crawl", "spider", "slurp", "curl/", "wget/", "python", "java/", "okhttp", "go-http", "libwww", "httpclient", "headless", "phantom", "scrapy", "facebookexternalhit", "whatsapp", "telegram",
        "preview", "bytespider", "baiduspider", "sogou web", "360spider", "yisou", "lighthouse", "monitor", "pingdom", "feed",
    ];

    public static ReferralClickKind KindOf(string? userAgent, string? purpose)
    {
        if (purpose is not null && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase) || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase)))
            return ReferralClickKind.Prefetch;
        if (string.IsNullOrWhiteSpace(userAgent))
            return ReferralClickKind.Bot;
        foreach (var bot in s_bots)
        {
            if (userAgent.Contains(bot, StringComparison.OrdinalIgnoreCase))
                return ReferralClickKind.Bot;
        }

        return ReferralClickKind.Counted;
    }
}
