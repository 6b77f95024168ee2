using System.Security.Claims;

namespace OrchardCore.Security.Services;

/// <summary>Reads the tenant's roles.</summary>
public interface IRoleService
{
    /// <summary>All roles.</summary>
    Task<IEnumerable<IRole>> GetRolesAsync();

    /// <summary>The claims that <paramref name="role"/> grants; empty when there is no such role.</summary>
    Task<IEnumerable<Claim>> GetRoleClaimsAsync(string role, CancellationToken cancellationToken = default);

    /// <summary>The normalized names of all roles.</summary>
    Task<IEnumerable<string>> GetNormalizedRoleNamesAsync();

    /// <summary>True for the role that may do everything.</summary>
    ValueTask<bool> IsAdminRoleAsync(string role);

    /// <summary>True for a role that the system needs and nobody may delete.</summary>
    ValueTask<bool> IsSystemRoleAsync(string role);
}
