using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Platform;

/// <summary>Who may see the dashboard, handle the outbox and speak to all shops.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>See sales figures on the dashboard.</summary>
    public static readonly Permission ViewDashboard = new("ViewLinkShopDashboard", "View the sales dashboard");

    /// <summary>Replay and discard undeliverable messages.</summary>
    public static readonly Permission ManageOutbox = new("ManageOutbox", "Manage undeliverable messages");

    /// <summary>Tell all shops something; of use on the platform only.</summary>
    public static readonly Permission ManageAnnouncements = new("ManageAnnouncements", "Publish announcements to all shops");

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ViewDashboard, ManageOutbox, ManageAnnouncements]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ViewDashboard, ManageOutbox, ManageAnnouncements] },
        new() { Name = OrchardCoreConstants.Roles.Editor, Permissions = [ViewDashboard] },
    ];
}
