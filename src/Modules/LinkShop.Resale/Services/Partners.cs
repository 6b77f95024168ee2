using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;

namespace LinkShop.Resale.Services;

/// <summary>What people call the other side: shops have a name and an address, and only the system knows them by their tenants.</summary>
public sealed class Partners(IShops shops, IShellHost host, IConfiguration configuration, IHttpContextAccessor accessor)
{
    private static readonly TenantScope Platform = new(ShellSettings.DefaultShellName);

    /// <summary>Names of tenants. One that isn't a shop of the register has none.</summary>
    public async Task<IReadOnlyDictionary<string, ShopName>> NamesAsync(IEnumerable<string> tenants, CancellationToken cancellationToken) =>
        (await shops.NamesAsync(Platform, [.. tenants], cancellationToken)).ToDictionary(s => s.Shop, StringComparer.Ordinal);

    /// <summary>Who suppliers are, whatever they call themselves: a shop by its title and address, a mall by its address.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WhoAsync(IEnumerable<string> tenants, CancellationToken cancellationToken)
    {
        var all = tenants.Distinct(StringComparer.Ordinal).ToList();
        var names = await NamesAsync(all, cancellationToken);
        return all.Select(t => (Tenant: t, Who: names.TryGetValue(t, out var shop) ? shop.WithAddress : AddressOf(t)))
            .Where(t => t.Who.Length > 0).ToDictionary(t => t.Tenant, t => t.Who, StringComparer.Ordinal);
    }

    private string AddressOf(string tenant) => !host.TryGetSettings(tenant, out var settings) ? ""
        : settings.RequestUrlPrefix is { Length: > 0 } prefix ? "/" + prefix : settings.RequestUrlHosts.FirstOrDefault() ?? "";

    /// <summary>Tenants of what somebody typed: addresses of shops and malls, alone or as a browser shows them, or tenants themselves; and what is none of these.</summary>
    public async Task<(IReadOnlyList<string> Tenants, IReadOnlyList<string> Unknown)> TenantsAsync(IReadOnlyList<string> typed, CancellationToken cancellationToken)
    {
        var known = await shops.NamesAsync(Platform, typed, cancellationToken);
        var (tenants, unknown) = (new List<string>(), new List<string>());
        foreach (var text in typed)
        {
            if ((known.FirstOrDefault(s => s.Shop == text || s.Slug == text)?.Shop ?? (host.TryGetSettings(text, out var tenant) ? tenant.Name : await AtAsync(text, cancellationToken))) is { } found)
                tenants.Add(found);
            else
                unknown.Add(text);
        }

        return (tenants, unknown);
    }

    private async Task<string?> AtAsync(string typed, CancellationToken cancellationToken)
    {
        if (ShopPlace.Read(typed, configuration["LinkShop:PlatformDomain"], Hosts()) is not { } place)
            return null;
        return (await shops.AtAsync(Platform, place, cancellationToken))?.Shop
            ?? host.GetAllSettings().FirstOrDefault(tenant => place.Slug is { } slug ? tenant.HasUrlPrefix(slug) : tenant.RequestUrlHosts.Contains(place.Domain!, StringComparer.OrdinalIgnoreCase))?.Name;
    }

    // where the platform answers, and where whoever typed it is now, and has copied it from
    private HashSet<string> Hosts() => new(
        (host.TryGetSettings(ShellSettings.DefaultShellName, out var platform) ? platform.RequestUrlHosts : []).Append(accessor.HttpContext?.Request.AsciiHost().Value ?? "").Select(h => new HostString(h).Host).Where(h => h.Length > 0),
        StringComparer.OrdinalIgnoreCase);
}
