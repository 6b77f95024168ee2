using LinkShop.Commerce;
using LinkShop.Commerce.Protection;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Environment.Shell;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Keeps what buyers pay for out of the content store in clear.</summary>
internal sealed class DeliveryTexts(ISecretProtector protector, ShellSettings shell)
{
    /// <summary>Encrypts texts that came in clear. True when there were any.</summary>
    public async Task<bool> ProtectAsync(VirtualGoodsPart part)
    {
        var open = part.Skus.Where(sku => sku.DeliveryText is not null).ToList();
        if (open.Count == 0)
            return false;
        var cipher = await protector.ForAsync(new TenantScope(shell.Name));
        foreach (var sku in open)
        {
            if (!string.IsNullOrWhiteSpace(sku.DeliveryText))
                sku.DeliveryTextProtected = Convert.ToBase64String(cipher.Encrypt(sku.DeliveryText));
            sku.DeliveryText = null;
        }

        return true;
    }

    public async Task<string?> RevealAsync(SkuDefinition sku) => string.IsNullOrEmpty(sku.DeliveryTextProtected)
        ? sku.DeliveryText
        : (await protector.ForAsync(new TenantScope(shell.Name))).Decrypt(Convert.FromBase64String(sku.DeliveryTextProtected));
}
