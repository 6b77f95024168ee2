using System.Security.Claims;

namespace OrchardCore.Security.Permissions;

/// <summary>A right that a role can grant, identified by its name.</summary>
public class Permission
{
    /// <summary>The type of the role claim whose value is a permission's name.</summary>
    public const string ClaimType = "Permission";

    /// <summary>Creates a permission that is only known by its name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public Permission(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>Creates a permission with a description for the people who edit roles.</summary>
    public Permission(string name, string description, bool isSecurityCritical = false) : this(name)
    {
        Description = description;
        IsSecurityCritical = isSecurityCritical;
    }

    /// <summary>Creates a permission that whoever has one of <paramref name="impliedBy"/> has as well.</summary>
    public Permission(string name, string description, IEnumerable<Permission> impliedBy, bool isSecurityCritical = false)
        : this(name, description, isSecurityCritical) => ImpliedBy = impliedBy;

    /// <summary>The unique name, stored in roles.</summary>
    public string Name { get; }

    /// <summary>What the permission allows, in English; translated where it is shown.</summary>
    public string? Description { get; set; }

    /// <summary>The heading under which role editors list it; the feature's name when null.</summary>
    public string? Category { get; set; }

    /// <summary>The stronger permissions that include this one; null when there are none.</summary>
    public IEnumerable<Permission>? ImpliedBy { get; }

    /// <summary>Whether who holds it could take over the site.</summary>
    public bool IsSecurityCritical { get; }

    /// <summary>The role claim that grants the permission.</summary>
#pragma warning disable CA2225 // the shape of Orchard's API
    public static implicit operator Claim(Permission p) => new(ClaimType, p.Name);
#pragma warning restore CA2225
}
