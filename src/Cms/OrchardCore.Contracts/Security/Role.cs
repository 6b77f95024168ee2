using System.Security.Claims;

namespace OrchardCore.Security;

/// <summary>A role that users can have.</summary>
public interface IRole
{
    /// <summary>The unique name.</summary>
    string RoleName { get; }

    /// <summary>What the role is for.</summary>
    string? RoleDescription { get; }
}

/// <summary>A stored role with its claims.</summary>
public class Role : IRole
{
    /// <inheritdoc/>
    public required string RoleName { get; set; }

    /// <inheritdoc/>
    public string? RoleDescription { get; set; }

    /// <summary>The name as role look-ups compare it.</summary>
    public string? NormalizedRoleName { get; set; }

    /// <summary>What the role grants.</summary>
    public List<RoleClaim> RoleClaims { get; set; } = [];

    /// <summary>A copy that shares nothing with this role.</summary>
    public Role Clone() => new()
    {
        RoleName = RoleName,
        RoleDescription = RoleDescription,
        NormalizedRoleName = NormalizedRoleName,
        RoleClaims = RoleClaims.ConvertAll(claim => claim.Clone()),
    };
}

/// <summary>One claim of a role.</summary>
public class RoleClaim
{
    /// <summary>Creates an empty claim, for deserialization.</summary>
    public RoleClaim()
    {
    }

    /// <summary>Creates a claim of a type with a value.</summary>
    public RoleClaim(string type, string value)
    {
        ClaimType = type;
        ClaimValue = value;
    }

    /// <summary>The claim's type, for a permission <c>Permission</c>.</summary>
    public string ClaimType { get; set; } = "";

    /// <summary>The claim's value, for a permission its name.</summary>
    public string ClaimValue { get; set; } = "";

    /// <summary>The role claim that grants the permission of that name.</summary>
    public static RoleClaim Create(string permissionName) => new(Permissions.Permission.ClaimType, permissionName);

    /// <summary>The claim as principals carry it.</summary>
    public Claim ToClaim() => new(ClaimType, ClaimValue);

    /// <summary>A copy.</summary>
    public RoleClaim Clone() => new(ClaimType, ClaimValue);
}
