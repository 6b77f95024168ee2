using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Resale;

/// <summary>Who may sell goods of suppliers.</summary>
public sealed class GoodsPermissions : IPermissionProvider
{
    /// <summary>Find goods of suppliers and sell them here.</summary>
    public static readonly Permission ResellGoods = new("ResellGoods", "Sell goods of suppliers");

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ResellGoods]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ResellGoods] }];
}

/// <summary>Who may let shops sell own goods.</summary>
public sealed class OffersPermissions : IPermissionProvider
{
    /// <summary>Say which goods shops may resell, and at which terms.</summary>
    public static readonly Permission OfferForResale = new("OfferForResale", "Offer own goods for resale", isSecurityCritical: true);

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([OfferForResale]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [OfferForResale] }];
}
