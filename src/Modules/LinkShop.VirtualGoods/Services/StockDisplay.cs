using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using OrchardCore.Environment.Shell;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Stock as pages show it: one query for all the variants of a page, kept for a second. Ordering never asks here.</summary>
internal sealed class StockDisplay(IOfferCatalog catalog, TenantCache cache, ShellSettings shell)
{
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyDictionary<string, int?>> GetAsync(IReadOnlyCollection<string> skuIds)
    {
        if (skuIds.Count == 0)
            return new Dictionary<string, int?>();
        return await cache.GetAsync($"stock:{string.Join('|', skuIds)}", s_age, () => catalog.GetAvailableAsync(new TenantScope(shell.Name), skuIds));
    }
}
