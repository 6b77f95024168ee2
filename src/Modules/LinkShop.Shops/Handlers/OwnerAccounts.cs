using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;

namespace LinkShop.Shops.Handlers;

/// <summary>
/// When an account of the platform gets another name or address, the register has it too: mails to owners go where the account says. One that has shops can't be deleted: they would be nobody's.
/// </summary>
internal sealed class OwnerAccounts(IShops shops, INotifier notifier, IHtmlLocalizer<OwnerAccounts> H) : UserEventHandlerBase
{
    public override async Task UpdatedAsync(UserUpdateContext context)
    {
        if (context.User is User user)
            await shops.FollowOwnerAsync(PlatformTenant.Scope, new ShopOwner(user.UserId, user.UserName, user.Email));
    }

    public override async Task DeletingAsync(UserDeleteContext context)
    {
        if (context.User is not User user)
            return;
        foreach (var state in Enum.GetValues<ShopState>().Where(s => s != ShopState.Closed))
        {
            if ((await shops.SearchAsync(PlatformTenant.Scope, new ShopQuery(State: state, OwnerUser: user.UserId, Take: 1))).Shops is not [var shop])
                continue;
            context.Cancel = true;
            await notifier.ErrorAsync(H["The account still has shops, for example {0}. Give them to somebody else or close them first; until then it can be disabled.", shop.Title]);
            return;
        }
    }
}
