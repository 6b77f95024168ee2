using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.Security.Permissions;

namespace OrchardCore.Security;

/// <summary>The requirement that the user has a permission.</summary>
public class PermissionRequirement : IAuthorizationRequirement
{
    /// <summary>Requires <paramref name="permission"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="permission"/> is null.</exception>
    public PermissionRequirement(Permission permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        Permission = permission;
    }

    /// <summary>The permission that is asked for.</summary>
    public Permission Permission { get; set; }
}

/// <summary>Decides whether claims grant a permission, directly or through a stronger one.</summary>
public interface IPermissionGrantingService
{
    /// <summary>True when one of <paramref name="claims"/> grants the requirement's permission.</summary>
    bool IsGranted(PermissionRequirement requirement, IEnumerable<Claim> claims);
}

/// <summary>Permissions that exist on every site.</summary>
public static class StandardPermissions
{
    /// <summary>May do everything; implies every other permission.</summary>
    public static readonly Permission SiteOwner = new("SiteOwner", "Site Owners Permission", isSecurityCritical: true);
}
