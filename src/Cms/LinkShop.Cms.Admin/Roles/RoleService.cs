using System.Security.Claims;
using LinkShop.Cms.Content.Caching;
using OrchardCore;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace LinkShop.Cms.Admin.Roles;

internal sealed class RoleService(TenantDocuments<RolesDocument> documents, RolePermissions rolePermissions) : IRoleService
{
    public async Task<IEnumerable<IRole>> GetRolesAsync()
    {
        // copies: the document is shared, also between tenants
        var stored = (await documents.GetAsync()).Roles.ConvertAll(role => role.Role.Clone());
        var missing = RolesDocument.SystemRoles
            .Where(name => !stored.Exists(role => string.Equals(role.RoleName, name, StringComparison.OrdinalIgnoreCase)))
            .Select(name => new Role { RoleName = name, NormalizedRoleName = name.ToUpperInvariant() });
        return [.. missing, .. stored];
    }

    public async Task<IEnumerable<Claim>> GetRoleClaimsAsync(string role, CancellationToken cancellationToken = default)
        => (await rolePermissions.GrantedByAsync(role)).Select(name => new Claim(Permission.ClaimType, name));

    public async Task<IEnumerable<string>> GetNormalizedRoleNamesAsync() => (await GetRolesAsync()).Select(role => role.RoleName.ToUpperInvariant());

    public ValueTask<bool> IsAdminRoleAsync(string role)
        => new(string.Equals(role, OrchardCoreConstants.Roles.Administrator, StringComparison.OrdinalIgnoreCase));

    public ValueTask<bool> IsSystemRoleAsync(string role) => new(RolesDocument.SystemRoles.Contains(role, StringComparer.OrdinalIgnoreCase));
}
