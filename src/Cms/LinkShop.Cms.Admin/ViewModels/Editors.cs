using System.ComponentModel.DataAnnotations;
using OrchardCore.Recipes.Models;
using OrchardCore.Security.Permissions;

namespace LinkShop.Cms.Admin.ViewModels;

public sealed class UserEditViewModel
{
    public string? Id { get; set; }

    [Required(ErrorMessage = "Enter a user name.")]
    [StringLength(255)]
    public string UserName { get; set; } = "";

    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    [StringLength(255)]
    public string? Email { get; set; }

    public string? Password { get; set; }

    public bool IsEnabled { get; set; } = true;

    public List<string> RoleNames { get; set; } = [];

    public IReadOnlyList<string> AllRoles { get; set; } = [];

    public bool CanAssignRoles { get; set; }
}

public sealed class RoleEditViewModel
{
    public string? Id { get; set; }

    [Required(ErrorMessage = "Enter a name.")]
    [StringLength(100)]
    public string Name { get; set; } = "";

    [StringLength(500)]
    public string? Description { get; set; }

    public List<string> Permissions { get; set; } = [];

    public bool IsAdmin { get; set; }

    public IReadOnlyList<IGrouping<string, Permission>> AllPermissions { get; set; } = [];

    /// <summary>Permissions that the role has through a stronger one.</summary>
    public IReadOnlySet<string> Implied { get; set; } = new HashSet<string>();
}

public sealed class TenantEditViewModel
{
    [Required(ErrorMessage = "Enter a name.")]
    [RegularExpression("[A-Za-z][A-Za-z0-9_]{0,62}", ErrorMessage = "The name starts with a letter and has only letters, digits and underscores.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Enter a site name.")]
    public string SiteName { get; set; } = "";

    [RegularExpression("[A-Za-z0-9][A-Za-z0-9_-]{0,62}", ErrorMessage = "The prefix is one word of letters, digits, - and _.")]
    public string? RequestUrlPrefix { get; set; }

    public string? RequestUrlHost { get; set; }

    [Required(ErrorMessage = "Choose a recipe.")]
    public string RecipeName { get; set; } = "";

    [Required(ErrorMessage = "Enter a user name.")]
    public string UserName { get; set; } = "";

    [Required(ErrorMessage = "Enter an e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Enter a password.")]
    public string Password { get; set; } = "";

    public IReadOnlyList<RecipeDescriptor> Recipes { get; set; } = [];
}
