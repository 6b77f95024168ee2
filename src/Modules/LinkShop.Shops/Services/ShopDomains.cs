using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

/// <summary>
/// Hosts of its own at which a shop answers. The register (<see cref="IShopDomains"/>) decides; the setting <c>Domains</c> of the shop's tenant, separated by commas, is its copy
/// that the host reads, written by <see cref="ShopSync"/>.
/// </summary>
public sealed class ShopDomains(IShopDomains domains, IRunningShellTable table, IConfiguration configuration, ShopSync sync)
{
    /// <summary>The setting's name.</summary>
    internal const string Key = "Domains";

    /// <summary>The platform's own domain, or null.</summary>
    public string? PlatformDomain => PlatformTenant.DomainOf(configuration);

    /// <summary>The hosts that a tenant has in its settings.</summary>
    internal static string[] Split(ShellSettings settings) => settings[Key]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>A host name that somebody typed, when it can be a shop's.</summary>
    public CommerceResult<string> Read(string? typed)
    {
        var read = DomainNames.Read(typed, PlatformDomain);
        return read.Succeeded && table.Match(new HostString(read.Value), new PathString("/"), fallbackToDefault: false) is { } holder && holder["RecipeName"] != ShopOpening.RecipeName
            ? new CommerceError(ShopErrors.DomainReserved, "Another site of this platform answers at this domain.", "domain")
            : read;
    }

    /// <summary>The hosts in use as the platform's staff edits them.</summary>
    public async Task<string> ListAsync(string shop) => string.Join(',', await ProvenAsync(domains, shop));

    /// <summary>Stores the platform's word for a shop's domains: those that aren't listed go, new ones need no proof. Changes nothing when one can't be a shop's, and else nothing but what comes before a mistake.</summary>
    /// <returns>What is wrong, and with which.</returns>
    public async Task<IReadOnlyList<(string Host, CommerceError Error)>> SaveAsync(string shop, string? hosts, string actor)
    {
        var read = (hosts ?? "").Split([',', ' ', '\n', '\r', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Select(host => (Host: host, Result: Read(host))).ToList();
        if (read.Exists(r => !r.Result.Succeeded))
            return [.. read.Where(r => !r.Result.Succeeded).Select(r => (r.Host, r.Result.Error!))];
        var wanted = read.ConvertAll(r => r.Result.Value).Distinct(StringComparer.Ordinal).ToList();
        var present = await ProvenAsync(domains, shop);
        foreach (var gone in present.Except(wanted, StringComparer.Ordinal))
            await domains.RemoveAsync(PlatformTenant.Scope, shop, gone, actor);
        var wrong = await GrantAsync(shop, wanted.Except(present, StringComparer.Ordinal), actor);
        await sync.TryAsync(new ShopChanged(shop));
        return wrong;
    }

    /// <summary>The hosts in use.</summary>
    internal static async Task<IReadOnlyList<string>> ProvenAsync(IShopDomains domains, string shop) =>
        [.. (await domains.OfAsync(PlatformTenant.Scope, shop)).Where(d => d.State == ShopDomainState.Proven).Select(d => d.Domain)];

    private async Task<IReadOnlyList<(string Host, CommerceError Error)>> GrantAsync(string shop, IEnumerable<string> names, string actor)
    {
        foreach (var name in names)
        {
            var added = await domains.AddAsync(PlatformTenant.Scope, shop, name, actor);
            if (added.Error is { } refused)
                return [(name, refused)];
            var granted = await domains.RecordAsync(PlatformTenant.Scope, added.Value, new DomainProof(DomainProofMethod.Platform), actor);
            if (granted.Error is { } gone)
                return [(name, gone)];
            if (granted.Value.State != ShopDomainState.Proven)
                return [(name, new CommerceError(ShopErrors.DomainTaken, "Another shop has this domain.", "domain"))];
        }

        return [];
    }
}
