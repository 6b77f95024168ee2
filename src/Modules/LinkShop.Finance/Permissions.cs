using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Finance;

/// <summary>Who may see a mall's money and change the rules about it.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Change the rules for fees, release times and reserves.</summary>
    public static readonly Permission ManageFees = new("ManageFees", "Change fees and settlement rules", isSecurityCritical: true);

    /// <summary>See all wallets and the platform's books.</summary>
    public static readonly Permission ViewFinance = new("ViewFinance", "See all wallets and the books");

    /// <summary>See one's own earnings.</summary>
    public static readonly Permission ViewOwnWallet = new("ViewOwnWallet", "See one's own wallet", [ViewFinance]);

    /// <summary>Give buyers credit and take it back.</summary>
    public static readonly Permission ManageCredits = new("ManageCredits", "Give buyers balance and points", isSecurityCritical: true);

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManageFees, ViewFinance, ViewOwnWallet, ManageCredits]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
        [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ManageFees, ViewFinance, ViewOwnWallet, ManageCredits] }];
}
