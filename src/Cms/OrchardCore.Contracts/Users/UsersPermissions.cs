using OrchardCore.Security.Permissions;

namespace OrchardCore.Users;

/// <summary>Permissions on user accounts.</summary>
public static class UsersPermissions
{
    /// <summary>May do everything with users.</summary>
    public static readonly Permission ManageUsers = new("ManageUsers", "Manage security settings and all users", isSecurityCritical: true);

    /// <summary>May see user accounts.</summary>
    public static readonly Permission ViewUsers = new("View Users", "View user's profile", [ManageUsers]);

    /// <summary>May list user accounts.</summary>
    public static readonly Permission ListUsers = new("ListUsers", "List all users", [ManageUsers]);

    /// <summary>May change user accounts.</summary>
    public static readonly Permission EditUsers = new("EditUsers", "Edit any user", [ManageUsers], isSecurityCritical: true);

    /// <summary>May delete user accounts.</summary>
    public static readonly Permission DeleteUsers = new("DeleteUsers", "Delete any user", [ManageUsers], isSecurityCritical: true);

    /// <summary>May change the own account.</summary>
    public static readonly Permission EditOwnUser = new("ManageOwnUserInformation", "Edit own user information", [EditUsers]);

    /// <summary>May give roles to users.</summary>
    public static readonly Permission AssignRoleToUsers = new("AssignRoleToUsers", "Assign any role to users", [EditUsers], isSecurityCritical: true);
}
