using LinkShop.Cms.Content.Caching;
using OrchardCore;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace LinkShop.Cms.Admin.Roles;

/// <summary>What each role grants: its stored claims and the defaults of enabled features that nobody decided about yet.</summary>
internal sealed class RolePermissions(TenantDocuments<RolesDocument> documents, IEnumerable<IPermissionProvider> providers)
{
    private readonly Dictionary<string, HashSet<string>> _granted = new(StringComparer.OrdinalIgnoreCase);

    public async Task<bool> IsGrantedAsync(IEnumerable<string> roles, Permission permission)
    {
        // The names that would do: the permission itself and, as far as it goes, whatever implies it.
        var enough = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { StandardPermissions.SiteOwner.Name };
        AddImplying(permission, enough);
        foreach (var role in roles)
        {
            if (string.Equals(role, OrchardCoreConstants.Roles.Administrator, StringComparison.OrdinalIgnoreCase)) return true;
            if ((await GrantedByAsync(role)).Overlaps(enough)) return true;
        }

        return false;
    }

    public async Task<HashSet<string>> GrantedByAsync(string role)
    {
        if (_granted.TryGetValue(role, out var granted)) return granted;
        var stored = (await documents.GetAsync()).Find(role);
        granted = new HashSet<string>(Stereotypes(role), StringComparer.OrdinalIgnoreCase);
        if (stored is not null)
        {
            granted.ExceptWith(stored.DecidedPermissions);
            granted.UnionWith(stored.Role.RoleClaims.Where(claim => claim.ClaimType == Permission.ClaimType).Select(claim => claim.ClaimValue));
        }
        else if (!RolesDocument.SystemRoles.Contains(role, StringComparer.OrdinalIgnoreCase))
        {
            // A role that was deleted, or never existed, grants nothing although a user may still name it.
            granted.Clear();
        }

        return _granted[role] = granted;
    }

    /// <summary>Replaces what the role grants with exactly these permissions.</summary>
    public void Decide(StoredRole stored, IEnumerable<string> permissions)
    {
        stored.Role.RoleClaims.RemoveAll(claim => claim.ClaimType == Permission.ClaimType);
        stored.Role.RoleClaims.AddRange(permissions.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).Select(RoleClaim.Create));
        stored.DecidedPermissions = [.. Stereotypes(stored.Role.RoleName).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        _granted.Remove(stored.Role.RoleName);
    }

    private IEnumerable<string> Stereotypes(string role) => providers
        .SelectMany(provider => provider.GetDefaultStereotypes())
        .Where(stereotype => string.Equals(stereotype.Name, role, StringComparison.OrdinalIgnoreCase))
        .SelectMany(stereotype => stereotype.Permissions ?? [])
        .Select(permission => permission.Name);

    private static void AddImplying(Permission permission, HashSet<string> names)
    {
        if (!names.Add(permission.Name) || permission.ImpliedBy is null) return;
        foreach (var stronger in permission.ImpliedBy) AddImplying(stronger, names);
    }
}
