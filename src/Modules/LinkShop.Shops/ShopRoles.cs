using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Data.Migration;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace LinkShop.Shops;

/// <summary>
/// Gives the roles that the recipe made in a shop what came after the shop was opened. Nothing is ever taken from a role, and each step runs once: what somebody takes away later stays away. Runs
/// when the shop is next used; a shop that is opened now has no roles yet, and its recipe grants all of it.
/// </summary>
internal sealed class ShopRoles(RoleManager<IRole> roles) : DataMigration
{
    private const string Manager = "Manager";
    private const string Finance = "Finance";

    // other modules' permissions, as the recipe names them
    private static readonly string[] s_wallet = ["ViewShopWallet", "RequestShopPayouts"];
    private static readonly string[] s_supply = ["OfferForResale"];

    public async Task<int> CreateAsync()
    {
        // while a shop is being opened: nothing more is read
        if (await roles.FindByNameAsync(ShopKeeper.OwnerRole) is null)
            return 1;
        await GrantAsync(s_wallet, ShopKeeper.OwnerRole, Finance);
        await GrantAsync(s_supply, ShopKeeper.OwnerRole, Manager);
        return 1;
    }

    // a shop where a role has one of them was opened with them: who hasn't got them isn't meant to
    private async Task GrantAsync(string[] permissions, params string[] names)
    {
        var found = new List<Role>();
        foreach (var name in names)
        {
            if (await roles.FindByNameAsync(name) is Role role)
                found.Add(role);
        }

        if (found.Exists(role => role.RoleClaims.Exists(claim => claim.ClaimType == Permission.ClaimType && permissions.Contains(claim.ClaimValue))))
            return;
        foreach (var role in found)
        {
            role.RoleClaims.AddRange(permissions.Select(RoleClaim.Create));
            await roles.UpdateAsync(role);
        }
    }
}
