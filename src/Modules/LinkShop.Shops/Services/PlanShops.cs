using LinkShop.Commerce.Shops;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Shops.Services;

/// <summary>Which shop a buyer of a plan means: by its address, the whole of it as a browser shows it, or a proven domain of its own. Asked when the order is made, and again when it is paid.</summary>
internal sealed class PlanShops(IShops shops, ISiteService sites, ShellSettings shell, IConfiguration configuration, IHttpContextAccessor accessor)
{
    /// <summary>The buyer field with the shop's address.</summary>
    public const string Field = "shop";

    /// <summary>The shop, which is open or will be again; null when there is none.</summary>
    public async Task<ShopInfo?> FindAsync(string? typed, CancellationToken cancellationToken) =>
        ShopPlace.Read(typed, PlatformTenant.DomainOf(configuration), await HostsAsync()) is { } place
            && await shops.AtAsync(PlatformTenant.Scope, place, cancellationToken) is { State: not (ShopState.Opening or ShopState.Closed) } shop ? shop : null;

    private async Task<HashSet<string>> HostsAsync()
    {
        var hosts = new HashSet<string>(shell.RequestUrlHosts.Select(h => new HostString(h).Host), StringComparer.OrdinalIgnoreCase);
        if (PlatformTenant.DomainOf(configuration) is { } domain)
            hosts.Add("www." + domain);
        if (Uri.TryCreate((await sites.GetSiteSettingsAsync()).BaseUrl, UriKind.Absolute, out var site))
            hosts.Add(site.IdnHost);
        // where the buyer is now, and has copied the address from; there is no such place when an order is taken over
        if (accessor.HttpContext?.Request.AsciiHost().Host is { Length: > 0 } here)
            hosts.Add(here);
        return hosts;
    }
}
