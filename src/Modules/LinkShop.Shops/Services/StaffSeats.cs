using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Shops.Services;

/// <summary>The seats of a shop's plan that its staff take.</summary>
public sealed class StaffSeats(IShopSeats seats, IShops shops, ShellSettings shell, IServiceProvider services)
{
    /// <summary>How many are taken by somebody who is there. Those who have gone, have no role any more, or own the shop now, leave theirs.</summary>
    public async Task<int> UsedAsync()
    {
        // whoever asks for users is asked about their seats: not before it is needed
        var users = services.GetRequiredService<IUserService>();
        var owner = (await shops.FindAsync(PlatformTenant.Scope, shell.Name))?.OwnerUser;
        var used = 0;
        foreach (var id in await seats.ListAsync(PlatformTenant.Scope, shell.Name))
        {
            if (id != owner && await users.GetUserByUniqueIdAsync(id) is User { RoleNames.Count: > 0 })
                used++;
            else
                await seats.LeaveAsync(PlatformTenant.Scope, shell.Name, id);
        }

        return used;
    }
}
