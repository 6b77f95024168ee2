using OrchardCore;
using OrchardCore.Security.Permissions;

namespace LinkShop.Support;

/// <summary>Who may answer buyers and see who they are.</summary>
public sealed class Permissions : IPermissionProvider
{
    /// <summary>Read and answer what buyers write.</summary>
    public static readonly Permission ManageTickets = new("ManageTickets", "Answer buyers' messages");

    /// <summary>See buyers with their contacts and what they bought.</summary>
    public static readonly Permission ViewCustomers = new("ViewCustomers", "View customers");

    /// <inheritdoc/>
    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>([ManageTickets, ViewCustomers]);

    /// <inheritdoc/>
    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = [ManageTickets, ViewCustomers] }];
}
