using LinkShop.Commerce.KeyPools;
using LinkShop.VirtualGoods.Models;

namespace LinkShop.VirtualGoods.Services;

internal static class SkuPools
{
    /// <summary>The variant's pool: by id, or by name when it came from a recipe.</summary>
    public static KeyPool? FindPool(this SkuDefinition sku, IReadOnlyList<KeyPool> pools) => sku.PoolId > 0
        ? pools.FirstOrDefault(pool => pool.Id == sku.PoolId)
        : pools.FirstOrDefault(pool => pool.Name == sku.PoolName);
}
