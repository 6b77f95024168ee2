using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.VirtualGoods;

internal static class VirtualGoodsPermissions
{
    public static readonly Permission ManageKeyPools = new("ManageKeyPools", "Manage key pools: create, import, withdraw");
    public static readonly Permission ViewKeySecrets = new("ViewKeySecrets", "See and export card keys in clear", isSecurityCritical: true);
}

internal sealed class Permissions : IPermissionProvider
{
    private static readonly Permission[] s_all = [VirtualGoodsPermissions.ManageKeyPools, VirtualGoodsPermissions.ViewKeySecrets];

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>(s_all);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = s_all },
        new() { Name = OrchardCoreConstants.Roles.Editor, Permissions = [VirtualGoodsPermissions.ManageKeyPools] },
    ];
}
