using LinkShop.Commerce;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Shops;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

/// <summary>Lets others sell a shop's goods only while the register says that it is open, and its plan that it may. Works inside the shop.</summary>
public sealed class SupplyGate(IShops shops, IShopPlans plans, ISupplyHalts halts, ShellSettings shell) : ISupplyGate
{
    /// <inheritdoc/>
    public async Task FollowAsync()
    {
        // whoever has written looks once more: of two at once the later change stays
        while (await halts.SetAsync(new TenantScope(shell.Name), await WhyAsync()))
        {
        }
    }

    private async Task<SupplyHalt?> WhyAsync() => (await shops.FindAsync(PlatformTenant.Scope, shell.Name))?.State switch
    {
        ShopState.Suspended or ShopState.Closed => SupplyHalt.Shut,
        ShopState.Paused => SupplyHalt.Paused,
        _ => await plans.LimitsAsync(PlatformTenant.Scope, shell.Name) is { Supplies: false } ? (SupplyHalt?)SupplyHalt.Plan : null,
    };
}
