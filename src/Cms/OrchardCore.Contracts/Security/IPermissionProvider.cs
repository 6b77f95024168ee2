namespace OrchardCore.Security.Permissions;

/// <summary>Names a feature's permissions and who has them by default.</summary>
public interface IPermissionProvider
{
    /// <summary>Every permission the feature checks.</summary>
    Task<IEnumerable<Permission>> GetPermissionsAsync();

    /// <summary>The permissions that roles of these names get when the feature is enabled.</summary>
    IEnumerable<PermissionStereotype> GetDefaultStereotypes();
}

/// <summary>What a role with a well-known name is granted by default.</summary>
public class PermissionStereotype
{
    /// <summary>The role's name.</summary>
    public required string Name { get; set; }

    /// <summary>The permissions granted to it.</summary>
    public required IEnumerable<Permission> Permissions { get; set; }
}

/// <summary>Finds the permissions of all enabled features.</summary>
public interface IPermissionService
{
    /// <summary>Every permission of the tenant's features.</summary>
    ValueTask<IEnumerable<Permission>> GetPermissionsAsync();

    /// <summary>The permission of that name, or null.</summary>
    ValueTask<Permission?> FindByNameAsync(string name);
}
