using LinkShop.Commerce;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

/// <summary>The tenant whose register a shop is in.</summary>
internal static class PlatformTenant
{
    public static readonly TenantScope Scope = new(ShellSettings.DefaultShellName);

    /// <summary>The domain below which each shop has a subdomain (<c>LinkShop:PlatformDomain</c>); null when there is none.</summary>
    public static string? DomainOf(IConfiguration configuration) => configuration["LinkShop:PlatformDomain"]?.Trim().Trim('.') is { Length: > 0 } domain ? new HostString(domain).ToUriComponent() : null;
}
