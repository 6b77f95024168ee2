using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Platform;

/// <summary>Who may see the dashboard and handle the outbox.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>See sales figures on the dashboard.</summary>
    public static readonly Permission ViewDashboard = new("ViewLinkShopDashboard", "View the sales dashboard");

    /// <summary>Replay and discard undeliverable messages.</summary>
    public static readonly Permission ManageOutbox = new("ManageOutbox", "Manage undeliverable messages");

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ViewDashboard, ManageOutbox]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ViewDashboard, ManageOutbox] },
        new() { Name = OrchardCoreConstants.Roles.Editor, Permissions = [ViewDashboard] },
    ];
}
