using System.Security.Claims;
using LinkShop.Cms.Content.Caching;
using Microsoft.AspNetCore.Identity;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace LinkShop.Cms.Admin.Roles;

/// <summary>The tenant's roles behind ASP.NET Core's role manager, which is how modules change them. A role that it gives out is a copy with all that the role grants, defaults of features among it.</summary>
internal sealed class RoleStore(TenantDocuments<RolesDocument> documents, RolePermissions rolePermissions, IdentityErrorDescriber errors) : IRoleClaimStore<IRole>
{
    public async Task<IdentityResult> CreateAsync(IRole role, CancellationToken cancellationToken)
    {
        var document = await documents.LoadAsync();
        document.AddSystemRoles();
        if (document.Find(role.RoleName) is not null)
            return IdentityResult.Failed(errors.DuplicateRoleName(role.RoleName));
        var stored = new StoredRole { Role = ((Role)role).Clone() };
        document.Roles.Add(stored);
        return await SaveAsync(document, stored, role);
    }

    public async Task<IdentityResult> UpdateAsync(IRole role, CancellationToken cancellationToken)
    {
        var document = await documents.LoadAsync();
        if (document.Find(role.RoleName) is not { } stored)
            return IdentityResult.Failed(errors.InvalidRoleName(role.RoleName));
        stored.Role = ((Role)role).Clone();
        return await SaveAsync(document, stored, role);
    }

    public async Task<IdentityResult> DeleteAsync(IRole role, CancellationToken cancellationToken)
    {
        var document = await documents.LoadAsync();
        if (RolesDocument.SystemRoles.Contains(role.RoleName, StringComparer.OrdinalIgnoreCase) || document.Find(role.RoleName) is not { } stored)
            return IdentityResult.Failed(errors.InvalidRoleName(role.RoleName));
        document.Roles.Remove(stored);
        await documents.SaveAsync(document);
        return IdentityResult.Success;
    }

    public Task<IRole?> FindByIdAsync(string roleId, CancellationToken cancellationToken) => FindByNameAsync(roleId, cancellationToken);

    public async Task<IRole?> FindByNameAsync(string normalizedRoleName, CancellationToken cancellationToken)
    {
        if ((await documents.GetAsync()).Find(normalizedRoleName) is not { } stored)
            return null;
        var role = stored.Role.Clone();
        role.RoleClaims.RemoveAll(claim => claim.ClaimType == Permission.ClaimType);
        role.RoleClaims.AddRange((await rolePermissions.GrantedByAsync(role.RoleName)).Order(StringComparer.Ordinal).Select(RoleClaim.Create));
        return role;
    }

    public Task<string> GetRoleIdAsync(IRole role, CancellationToken cancellationToken) => Task.FromResult(role.RoleName.ToUpperInvariant());

    public Task<string?> GetRoleNameAsync(IRole role, CancellationToken cancellationToken) => Task.FromResult<string?>(role.RoleName);

    public Task SetRoleNameAsync(IRole role, string? roleName, CancellationToken cancellationToken) => Set(() => ((Role)role).RoleName = roleName ?? "");

    public Task<string?> GetNormalizedRoleNameAsync(IRole role, CancellationToken cancellationToken) => Task.FromResult(((Role)role).NormalizedRoleName);

    public Task SetNormalizedRoleNameAsync(IRole role, string? normalizedName, CancellationToken cancellationToken) => Set(() => ((Role)role).NormalizedRoleName = normalizedName);

    public Task<IList<Claim>> GetClaimsAsync(IRole role, CancellationToken cancellationToken = default) =>
        Task.FromResult<IList<Claim>>(((Role)role).RoleClaims.ConvertAll(claim => claim.ToClaim()));

    public Task AddClaimAsync(IRole role, Claim claim, CancellationToken cancellationToken = default) => Set(() => ((Role)role).RoleClaims.Add(new RoleClaim(claim.Type, claim.Value)));

    public Task RemoveClaimAsync(IRole role, Claim claim, CancellationToken cancellationToken = default) =>
        Set(() => ((Role)role).RoleClaims.RemoveAll(known => known.ClaimType == claim.Type && known.ClaimValue == claim.Value));

    public void Dispose()
    {
    }

    private async Task<IdentityResult> SaveAsync(RolesDocument document, StoredRole stored, IRole role)
    {
        rolePermissions.Decide(stored, [.. ((Role)role).RoleClaims.Where(claim => claim.ClaimType == Permission.ClaimType).Select(claim => claim.ClaimValue)]);
        await documents.SaveAsync(document);
        return IdentityResult.Success;
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
