using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Shops;

/// <summary>Who of the platform may look after its shops.</summary>
public sealed class PlatformPermissions : IPermissionProvider
{
    /// <summary>Open, suspend, close and transfer shops.</summary>
    public static readonly Permission ManageShops = new("ManageShops", "Manage all shops", isSecurityCritical: true);

    /// <summary>Go into any shop as its administrator.</summary>
    public static readonly Permission EnterShops = new("EnterShops", "Enter any shop as its administrator", isSecurityCritical: true);

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManageShops, EnterShops]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
        [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ManageShops, EnterShops] }];
}

/// <summary>Who of a shop may change its face.</summary>
public sealed class ShopPermissions : IPermissionProvider
{
    /// <summary>Change the look, the opening hours and the announcement; pause the shop.</summary>
    public static readonly Permission ManageShopDesk = new("ManageShopDesk", "Change the shop's look and pause it");

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManageShopDesk]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
        [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ManageShopDesk] }];
}
