using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Users;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Models;

namespace LinkShop.Shops.Handlers;

/// <summary>A shop's administrators are the platform's people, who come in from there: nobody leaves a password or a second administrator behind that would stay when they have gone.</summary>
internal sealed class StaffGuard(INotifier notifier, IHtmlLocalizer<StaffGuard> H) : UserEventHandlerBase
{
    public override async Task CreatingAsync(UserCreateContext context) => context.Cancel |= await IsRefusedAsync(context.User);

    public override async Task UpdatingAsync(UserUpdateContext context) => context.Cancel |= await IsRefusedAsync(context.User);

    private async Task<bool> IsRefusedAsync(IUser account)
    {
        if (account is not User user)
            return false;
        if (ShopKeeper.IsStaff(user.UserId))
        {
            if (user.PasswordHash is null)
                return false;
            await notifier.ErrorAsync(H["The platform's people have no password in a shop: they come in from the platform."]);
            return true;
        }

        if (!user.RoleNames.Contains(OrchardCoreConstants.Roles.Administrator, StringComparer.OrdinalIgnoreCase))
            return false;
        await notifier.ErrorAsync(H["Only the platform's people are administrators of a shop, and they come in from the platform. Choose another role."]);
        return true;
    }
}
