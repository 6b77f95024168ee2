using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Checkout;

/// <summary>Who may see and handle a mall's orders and coupons.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Change orders: cancel, deliver, give back what sellers earned by them.</summary>
    public static readonly Permission ManageOrders = new("ManageOrders", "Manage orders");

    /// <summary>See orders, without the delivered goods.</summary>
    public static readonly Permission ViewOrders = new("ViewOrders", "View orders", [ManageOrders]);

    /// <summary>Say that money arrived, or went back, past the payment provider. Whoever may say so makes earnings: nobody's who gets them paid out.</summary>
    public static readonly Permission ConfirmPayments = new("ConfirmPayments", "Confirm payments and repayments by hand", isSecurityCritical: true);

    /// <summary>Let the platform bear refunds, and decide requests that weren't answered in time.</summary>
    public static readonly Permission DecideForPlatform = new("DecideForPlatform", "Decide refunds at the platform's expense, and requests that are overdue or left to it", isSecurityCritical: true);

    /// <summary>Make and disable coupons.</summary>
    public static readonly Permission ManageCoupons = new("ManageCoupons", "Manage coupons");

    /// <summary>Change reservation time, limits and delivery mails.</summary>
    public static readonly Permission ManageCheckoutSettings = new("ManageCheckoutSettings", "Manage checkout settings");

    /// <summary>Take orders with buyers' contacts out as a file.</summary>
    public static readonly Permission ExportOrders = new("ExportOrders", "Export orders");

    /// <summary>See who got what of an order, and what its goods cost. Whoever answers buyers needn't know.</summary>
    public static readonly Permission ViewOrderMoney = new("ViewOrderMoney", "See who got what of an order, and what its goods cost", [ManageOrders, ExportOrders]);

    private static readonly Permission[] s_all = [ViewOrders, ViewOrderMoney, ManageOrders, ConfirmPayments, DecideForPlatform, ManageCoupons, ManageCheckoutSettings, ExportOrders];

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() =>
        Task.FromResult<IEnumerable<Permission>>(s_all);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = s_all },
        new() { Name = OrchardCoreConstants.Roles.Editor, Permissions = [ViewOrders, ManageOrders] },
    ];
}
