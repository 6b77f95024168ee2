using OrchardCore.Security.Permissions;

namespace OrchardCore.Roles;

/// <summary>Permissions on roles.</summary>
public static class RolesPermissions
{
    /// <summary>May create, change and delete roles.</summary>
    public static readonly Permission ManageRoles = new("ManageRoles", "Managing Roles", isSecurityCritical: true);
}
