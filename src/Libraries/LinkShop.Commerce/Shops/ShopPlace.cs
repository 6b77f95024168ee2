namespace LinkShop.Commerce.Shops;

/// <summary>Where a shop is said to be: below the platform, or at a domain of its own. One of the two is set.</summary>
/// <param name="Slug">Its address below the platform, or null.</param>
/// <param name="Domain">Its own host name in ASCII, or null.</param>
public sealed record ShopPlace(string? Slug, string? Domain)
{
    /// <summary>Reads what somebody typed: the address alone, also with a slash before it, or the whole of it as a browser shows it. Whether there is such a shop is another question.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="platformDomain">The domain below which each shop has a subdomain, or null.</param>
    /// <param name="platformHosts">Host names at which the platform itself answers, without ports.</param>
    /// <returns>The place; null when it can be none.</returns>
    public static ShopPlace? Read(string? typed, string? platformDomain, IReadOnlyCollection<string> platformHosts)
    {
        var text = (typed ?? "").Trim().ToLowerInvariant();
        var whole = text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);
        if (whole)
            text = text[(text.IndexOf(':', StringComparison.Ordinal) + 3)..];
        else
            text = text.TrimStart('/');
        var parts = text.Split('?', '#')[0].TrimEnd('/').Split('/');
        if (!whole && parts is [var alone] && alone.AsSpan().IndexOfAny('.', ':', '。') < 0)
            return Below(alone);
        var host = parts[0].Split(':')[0];
        var domain = platformDomain?.Trim().Trim('.').ToLowerInvariant();
        if (host == domain || platformHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
            return Below(parts.ElementAtOrDefault(1));
        // of the platform's own names only a subdomain is a shop's: reading one as a domain would be refused anyway
        if (domain is { Length: > 0 } && host.EndsWith("." + domain, StringComparison.Ordinal))
            return Below(host[..^(domain.Length + 1)]);
        return DomainNames.Read(host, domain) is { Succeeded: true, Value: var name } ? new(null, name) : null;
    }

    private static ShopPlace? Below(string? slug) => ShopSlugs.Check(slug) is null ? new(slug, null) : null;
}
