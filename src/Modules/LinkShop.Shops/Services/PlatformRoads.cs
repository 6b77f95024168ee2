using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Shops.Services;

/// <summary>The ways from a shop to the platform, and from anywhere to the shop.</summary>
public sealed class PlatformRoads(ShellSettings shell, IShellHost host, IConfiguration configuration)
{
    /// <summary>
    /// What a link to the platform begins with, without a slash at its end. Below the platform that is its own path; at the shop's subdomain or a domain of its own the platform is elsewhere.
    /// </summary>
    /// <param name="request">The request in the shop.</param>
    public async ValueTask<string> RootAsync(HttpRequest request)
    {
        if (IsBelow(request))
            return request.PathBase.Value![..^(shell.RequestUrlPrefix!.Length + 1)];
        if (PlatformTenant.DomainOf(configuration) is { } domain)
            return $"{request.Scheme}://{domain}{PortOf(request, domain)}";
        if (!host.TryGetSettings(ShellSettings.DefaultShellName, out var platform))
            return "";
        string? set = null;
        await (await host.GetScopeAsync(platform)).UsingAsync(async scope => set = (await scope.ServiceProvider.GetRequiredService<ISiteService>().GetSiteSettingsAsync()).BaseUrl);
        return !string.IsNullOrWhiteSpace(set) ? set.TrimEnd('/') : platform.RequestUrlHosts is [var first, ..] ? $"{request.Scheme}://{first}" : "";
    }

    /// <summary>Where the shop is entered by its owner's account of the platform.</summary>
    /// <param name="request">The request in the shop.</param>
    public async ValueTask<string> EntryAsync(HttpRequest request) => $"{await RootAsync(request)}/my-shops/enter?slug={Uri.EscapeDataString(shell.RequestUrlPrefix ?? "")}";

    /// <summary>What a domain of the shop's own has to point to; null when nobody knows.</summary>
    /// <param name="request">The request in the shop.</param>
    public async ValueTask<DomainTarget?> DomainTargetAsync(HttpRequest request) => DomainTarget.Of(
        configuration, shell.RequestUrlPrefix, IsBelow(request) ? request.AsciiHost().Host : Uri.TryCreate(await RootAsync(request), UriKind.Absolute, out var root) ? root.Host : null);

    private bool IsBelow(HttpRequest request) => request.PathBase.Value is { } path && path.EndsWith("/" + shell.RequestUrlPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address that the shop hands out: a proven domain of its own, else its subdomain, else below the platform.</summary>
    /// <param name="request">The request in the shop.</param>
    public string ShopAddress(HttpRequest request)
    {
        var own = ShopDomains.Split(shell);
        if (own.Length > 0)
            return $"{request.Scheme}://{Array.Find(own, name => string.Equals(name, request.AsciiHost().Host, StringComparison.OrdinalIgnoreCase)) ?? own[0]}";
        return PlatformTenant.DomainOf(configuration) is { } domain ? $"{request.Scheme}://{shell.RequestUrlPrefix}.{domain}{PortOf(request, domain)}" : $"{request.Scheme}://{request.Host}{request.PathBase}";
    }

    // a machine that answers at another port than the usual one does so at all names of the platform's
    private static string PortOf(HttpRequest request, string domain) =>
        request.Host.Port is { } port && (request.AsciiHost().Host.Equals(domain, StringComparison.OrdinalIgnoreCase) || request.AsciiHost().Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase)) ? $":{port}" : "";
}
