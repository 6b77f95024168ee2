using Microsoft.AspNetCore.Identity;
using OrchardCore.Data.Migration;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace LinkShop.Checkout;

/// <summary>
/// Who managed a mall's orders could also confirm payments and decide at the platform's expense, until those became permissions of their own. The role that the recipe made for it keeps them. Runs when the
/// mall is next used; a mall that is set up now has no such role yet, and its recipe grants them.
/// </summary>
internal sealed class MallRoles(RoleManager<IRole> roles) : DataMigration
{
    private const string Stock = "ShopManager";

    public async Task<int> CreateAsync()
    {
        if (await roles.FindByNameAsync(Stock) is not Role role || !Grants(role, Permissions.ManageOrders) || Grants(role, Permissions.ConfirmPayments) || Grants(role, Permissions.DecideForPlatform))
            return 1;
        role.RoleClaims.AddRange([RoleClaim.Create(Permissions.ConfirmPayments.Name), RoleClaim.Create(Permissions.DecideForPlatform.Name)]);
        await roles.UpdateAsync(role);
        return 1;
    }

    private static bool Grants(Role role, Permission permission) => role.RoleClaims.Exists(claim => claim.ClaimType == Permission.ClaimType && claim.ClaimValue == permission.Name);
}
