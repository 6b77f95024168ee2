using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;

namespace LinkShop.Shops.Handlers;

/// <summary>When an account of the platform gets another name or address, the register has it too: mails to owners go where the account says.</summary>
internal sealed class OwnerAccounts(IShops shops) : UserEventHandlerBase
{
    public override async Task UpdatedAsync(UserUpdateContext context)
    {
        if (context.User is User user)
            await shops.FollowOwnerAsync(PlatformTenant.Scope, new ShopOwner(user.UserId, user.UserName, user.Email));
    }
}
