using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Payments;

/// <summary>Who may see and change how a mall gets paid.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Change payment provider settings, secrets included.</summary>
    public static readonly Permission ManagePayments = new("ManagePayments", "Manage payment providers", isSecurityCritical: true);

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManagePayments]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
        [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ManagePayments] }];
}
