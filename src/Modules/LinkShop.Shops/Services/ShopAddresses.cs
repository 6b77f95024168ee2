using LinkShop.Commerce.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Shops.Services;

/// <summary>Where a shop answers, seen from the platform.</summary>
public sealed class ShopAddresses(IConfiguration configuration)
{
    /// <summary>Below the platform, as this request reached it.</summary>
    public static string Of(string slug, HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}/{slug}";

    /// <summary>The same without scheme and host.</summary>
    public static string PathOf(ShopInfo shop, HttpRequest request) => $"{request.PathBase}/{shop.Slug}";

    /// <summary>At the platform's domain (<c>LinkShop:PlatformDomain</c>), or null when there is none.</summary>
    public string? AtDomain(string slug, HttpRequest request) => PlatformTenant.DomainOf(configuration) is { } domain ? $"{request.Scheme}://{slug}.{domain}" : null;
}
