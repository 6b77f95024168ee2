using OrchardCore;
using OrchardCore.Contents;
using OrchardCore.Security.Permissions;

namespace LinkShop.Storefront;

/// <summary>Who may change the storefront's pages and menu.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Write and delete information pages, and order the menu. Whoever publishes content may.</summary>
    public static readonly Permission ManagePages = new("ManagePages", "Write pages and order the menu", [CommonPermissions.PublishContent]);

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManagePages]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ManagePages] }];
}
