using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using OrchardCore.Environment.Shell.Removing;
using OrchardCore.Modules;

namespace LinkShop.Platform.Handlers;

/// <summary>A tenant that never sold anything takes its goods and keys with it; the books of one that did are kept.</summary>
internal sealed class TenantRemoval(ITenantErasure erasure, TenantScope scope) : ModularTenantEvents
{
    public override async Task RemovingAsync(ShellRemovingContext context)
    {
        var erased = await erasure.EraseAsync(scope);
        if (!erased.Succeeded)
        {
            context.ErrorMessage = erased.Errors[0].Message;
        }
    }
}
