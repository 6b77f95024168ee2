using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Finance;

/// <summary>Who may see a mall's money, pay it out and change the rules about it.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Change the rules for fees, release times and reserves.</summary>
    public static readonly Permission ManageFees = new("ManageFees", "Change fees and settlement rules", isSecurityCritical: true);

    /// <summary>Verify payees, approve payouts and tell what came of them. No one person can do all of it for the same payout.</summary>
    public static readonly Permission ManagePayouts = new("ManagePayouts", "Verify payees and approve payouts", isSecurityCritical: true);

    /// <summary>Say who sells here, and in which tier and plan.</summary>
    public static readonly Permission ManageMerchants = new("ManageMerchants", "Manage merchants, their tiers and plans", isSecurityCritical: true);

    /// <summary>Compare settlement files of payment providers and deal with what differs.</summary>
    public static readonly Permission ManageReconciliation = new("ManageReconciliation", "Reconcile settlement files");

    /// <summary>See all wallets and the platform's books.</summary>
    public static readonly Permission ViewFinance = new("ViewFinance", "See all wallets and the books");

    /// <summary>See what the shop itself earned.</summary>
    public static readonly Permission ViewShopWallet = new("ViewShopWallet", "See the shop's own wallet", [ViewFinance]);

    /// <summary>See one's own earnings.</summary>
    public static readonly Permission ViewOwnWallet = new("ViewOwnWallet", "See one's own wallet", [ViewFinance, ViewShopWallet]);

    /// <summary>Give buyers credit and take it back.</summary>
    public static readonly Permission ManageCredits = new("ManageCredits", "Give buyers balance and points", isSecurityCritical: true);

    /// <summary>Say where the shop is paid to, and ask for payouts of what it earned.</summary>
    public static readonly Permission RequestShopPayouts = new("RequestShopPayouts", "Have the shop's earnings paid out", [ManagePayouts], isSecurityCritical: true);

    /// <summary>Say where one is paid to, and ask for payouts of one's own earnings.</summary>
    public static readonly Permission RequestOwnPayouts = new("RequestOwnPayouts", "Have one's own earnings paid out", [ManagePayouts, RequestShopPayouts]);

    /// <summary>Checkout's: say that an order is paid. Without it nobody has a payment taken over out of a file either, as goods are delivered for it.</summary>
    internal static readonly Permission ConfirmPayments = new("ConfirmPayments");

    private static readonly Permission[] s_all = [ManageFees, ManagePayouts, ManageMerchants, ManageReconciliation, ManageCredits, ViewFinance, ViewShopWallet, ViewOwnWallet, RequestShopPayouts, RequestOwnPayouts];

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>(s_all);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = s_all }];
}
