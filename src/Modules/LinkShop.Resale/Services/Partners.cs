using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using OrchardCore.Environment.Shell;

namespace LinkShop.Resale.Services;

/// <summary>What people call the other side: shops have a name and an address, and only the system knows them by their tenants.</summary>
public sealed class Partners(IShops shops, IShellHost host)
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

    /// <summary>Tenants of what somebody typed: addresses of shops, or tenants themselves; and what is neither.</summary>
    public async Task<(IReadOnlyList<string> Tenants, IReadOnlyList<string> Unknown)> TenantsAsync(IReadOnlyList<string> typed, CancellationToken cancellationToken)
    {
        var known = await shops.NamesAsync(Platform, typed, cancellationToken);
        var found = typed.Select(t => (Typed: t, Tenant: known.FirstOrDefault(s => s.Shop == t || s.Slug == t)?.Shop ?? (host.TryGetSettings(t, out var tenant) ? tenant.Name : null))).ToList();
        return ([.. found.Select(f => f.Tenant).OfType<string>()], [.. found.Where(f => f.Tenant is null).Select(f => f.Typed)]);
    }
}
