using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Checkout;

/// <summary>Who may see and handle a mall's orders and coupons.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Change orders: confirm, cancel, deliver.</summary>
    public static readonly Permission ManageOrders = new("ManageOrders", "Manage orders");

    /// <summary>See orders, without the delivered goods.</summary>
    public static readonly Permission ViewOrders = new("ViewOrders", "View orders", [ManageOrders]);

    /// <summary>Make and disable coupons.</summary>
    public static readonly Permission ManageCoupons = new("ManageCoupons", "Manage coupons");

    /// <summary>Change reservation time, limits and delivery mails.</summary>
    public static readonly Permission ManageCheckoutSettings = new("ManageCheckoutSettings", "Manage checkout settings");

    /// <summary>Take orders with buyers' contacts out as a file.</summary>
    public static readonly Permission ExportOrders = new("ExportOrders", "Export orders");

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() =>
        Task.FromResult<IEnumerable<Permission>>([ViewOrders, ManageOrders, ManageCoupons, ManageCheckoutSettings, ExportOrders]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ViewOrders, ManageOrders, ManageCoupons, ManageCheckoutSettings, ExportOrders] },
        new() { Name = OrchardCoreConstants.Roles.Editor, Permissions = [ViewOrders, ManageOrders] },
    ];
}
