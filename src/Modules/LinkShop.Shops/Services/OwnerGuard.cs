using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;

namespace LinkShop.Shops.Services;

/// <summary>A shop never loses its last owner: the one whom the register names can't be deleted, disabled or put into another role; only the platform gives the shop to somebody else.</summary>
internal sealed class OwnerGuard(ISiteService sites, IShops shops, ShellSettings shell, INotifier notifier, IHtmlLocalizer<OwnerGuard> H) : UserEventHandlerBase
{
    public override async Task UpdatingAsync(UserUpdateContext context)
    {
        if (context.User is User user && (!user.IsEnabled || !user.RoleNames.Contains(ShopKeeper.OwnerRole, StringComparer.OrdinalIgnoreCase)) && await IsOwnerAsync(user))
            context.Cancel = await RefuseAsync();
    }

    public override async Task DeletingAsync(UserDeleteContext context)
    {
        if (context.User is User user && await IsOwnerAsync(user))
            context.Cancel = await RefuseAsync();
    }

    // the settings spare all others the question, and may not know yet that the shop was given away
    private async Task<bool> IsOwnerAsync(User user) => (await sites.GetSiteSettingsAsync()).As<ShopStatus>().OwnerId is { Length: > 0 } owner && owner == user.UserId
        && (await shops.FindAsync(PlatformTenant.Scope, shell.Name))?.OwnerUser == owner;

    private async Task<bool> RefuseAsync()
    {
        await notifier.ErrorAsync(H["A shop needs its owner: this account can't be deleted, disabled or lose the role. The platform can give the shop to somebody else."]);
        return true;
    }
}
