using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Referrals;

/// <summary>Who may decide about promotion. Promoting itself needs an account only.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Say what is paid for which sales.</summary>
    public static readonly Permission ManageReferralPlans = new("ManageReferralPlans", "Change promotion plans", isSecurityCritical: true);

    /// <summary>Change the rules over all plans and record what counsel allowed: where the operator is decides what is lawful, so shops' owners don't.</summary>
    public static readonly Permission ManageReferralRules = new("ManageReferralRules", "Change the rules of promotion", isSecurityCritical: true);

    /// <summary>Decide about what was held back and about appeals, and stop all promotion at once.</summary>
    public static readonly Permission ReviewReferrals = new("ReviewReferrals", "Review promotion and stop it", isSecurityCritical: true);

    /// <summary>See what promotion costs and brings.</summary>
    public static readonly Permission ViewReferrals = new("ViewReferrals", "See promotion reports", [ManageReferralPlans, ReviewReferrals]);

    private static readonly Permission[] s_all = [ManageReferralPlans, ManageReferralRules, ReviewReferrals, ViewReferrals];

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>(s_all);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = s_all }];
}
