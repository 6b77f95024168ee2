using OrchardCore;
using OrchardCore.Security;

namespace LinkShop.Cms.Admin.Roles;

/// <summary>The tenant's roles.</summary>
internal sealed class RolesDocument : ISharedDocument
{
    public List<StoredRole> Roles { get; set; } = [];

    /// <summary>The roles without which a site can't work; they exist whether they were saved or not.</summary>
    public static readonly string[] SystemRoles =
        [OrchardCoreConstants.Roles.Administrator, OrchardCoreConstants.Roles.Authenticated, OrchardCoreConstants.Roles.Anonymous];

    public StoredRole? Find(string name) => Roles.Find(stored => string.Equals(stored.Role.RoleName, name, StringComparison.OrdinalIgnoreCase));

    public void AddSystemRoles()
    {
        foreach (var name in SystemRoles.Where(name => Find(name) is null))
            Roles.Add(new StoredRole { Role = new Role { RoleName = name, NormalizedRoleName = name.ToUpperInvariant() } });
    }
}

internal sealed class StoredRole
{
    public required Role Role { get; set; }

    /// <summary>
    /// The permissions of stereotypes that a person has seen and kept or removed. Only stereotype permissions that are not in
    /// here are granted by default: so a feature that is enabled later still brings its defaults, and what a person removed stays removed.
    /// </summary>
    public List<string> DecidedPermissions { get; set; } = [];
}
