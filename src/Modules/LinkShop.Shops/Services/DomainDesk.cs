using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Shops.Services;

/// <summary>What a shop's owner does with domains.</summary>
internal sealed class DomainDesk(IShopDomains domains, IShopPlans plans, ShopDomains hosts, DomainProofs proofs, ShopSync sync, IConfiguration configuration, TimeProvider clock)
{
    // in the database, so it holds over all processes
    private TimeSpan Pause => TimeSpan.FromSeconds(configuration.GetValue("LinkShop:Shops:DomainCheckSeconds", 10));

    public Task<IReadOnlyList<ShopDomain>> OfAsync(string shop) => domains.OfAsync(PlatformTenant.Scope, shop);

    public async Task<CommerceResult<ShopDomain>> AddAsync(string shop, string? typed, string actor)
    {
        var read = hosts.Read(typed);
        return read.Error is { } error ? error : await domains.AddAsync(PlatformTenant.Scope, shop, read.Value, actor, await MostAsync(shop));
    }

    /// <summary>How many the shop's plan has room for.</summary>
    public async Task<int> MostAsync(string shop) => Math.Min((await plans.LimitsAsync(PlatformTenant.Scope, shop))?.Domains ?? DomainNames.MostPerShop, DomainNames.MostPerShop);

    /// <summary>Looks at once.</summary>
    public async Task<CommerceResult<ShopDomain>> CheckAsync(string shop, string? name, string actor, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(PlatformTenant.Scope, shop, name ?? "", cancellationToken) is not { } domain)
            return new CommerceError(CommerceErrors.NotFound, "The shop doesn't have this domain.", "domain");
        if (domain.CheckedAt is { } last && last + Pause > clock.GetUtcNow())
            return new CommerceError(CommerceErrors.TooManyAttempts, "It was looked at a moment ago.");
        var found = await domains.RecordAsync(PlatformTenant.Scope, domain, await proofs.LookAsync(domain, cancellationToken), actor, CancellationToken.None);
        if (found.Succeeded && found.Value.State != domain.State)
            await sync.TryAsync(new ShopChanged(shop));
        return found;
    }

    public async Task<bool> RemoveAsync(string shop, string? name, string actor)
    {
        var removed = await domains.RemoveAsync(PlatformTenant.Scope, shop, name ?? "", actor);
        if (removed)
            await sync.TryAsync(new ShopChanged(shop));
        return removed;
    }
}
