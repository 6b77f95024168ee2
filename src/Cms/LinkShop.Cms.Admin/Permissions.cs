using OrchardCore.Admin;
using OrchardCore.Contents;
using OrchardCore.Email;
using OrchardCore.Features;
using OrchardCore.Media;
using OrchardCore.Recipes;
using OrchardCore.Roles;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Settings;
using OrchardCore.Users;
using RoleNames = OrchardCore.OrchardCoreConstants.Roles;

namespace LinkShop.Cms.Admin;

/// <summary>The permissions of one feature, all granted to administrators.</summary>
internal abstract class FeaturePermissions(params Permission[] permissions) : IPermissionProvider
{
    public virtual Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult<IEnumerable<Permission>>(permissions);

    public virtual IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [Stereotype(RoleNames.Administrator, permissions)];

    protected static PermissionStereotype Stereotype(string role, params Permission[] granted) => new() { Name = role, Permissions = granted };
}

internal sealed class SettingsPermissionProvider() : FeaturePermissions(SettingsPermissions.ManageSettings, SettingsPermissions.ManageGroupSettings);

internal sealed class RolesPermissionProvider() : FeaturePermissions(RolesPermissions.ManageRoles, StandardPermissions.SiteOwner);

internal sealed class EmailPermissionProvider() : FeaturePermissions(EmailPermissions.ManageEmailSettings);

internal sealed class FeaturesPermissionProvider() : FeaturePermissions(FeaturesPermissions.ManageFeatures);

internal sealed class RecipesPermissionProvider() : FeaturePermissions(RecipePermissions.ManageRecipes);

internal sealed class TenantsPermissionProvider() : FeaturePermissions(HostPermissions.ManageTenants);

internal sealed class ThemesPermissionProvider() : FeaturePermissions(HostPermissions.ApplyTheme);

internal sealed class ContentTypesPermissionProvider() : FeaturePermissions(ContentTypesPermissions.ViewContentTypes, ContentTypesPermissions.EditContentTypes);

internal sealed class AdminPermissionProvider() : FeaturePermissions(AdminPermissions.AccessAdminPanel)
{
    public override IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        .. base.GetDefaultStereotypes(),
        Stereotype(RoleNames.Editor, AdminPermissions.AccessAdminPanel),
        Stereotype(RoleNames.Moderator, AdminPermissions.AccessAdminPanel),
        Stereotype(RoleNames.Author, AdminPermissions.AccessAdminPanel),
        Stereotype(RoleNames.Contributor, AdminPermissions.AccessAdminPanel),
    ];
}

internal sealed class MediaPermissionProvider() : FeaturePermissions(MediaPermissions.ManageMedia)
{
    public override IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [.. base.GetDefaultStereotypes(), Stereotype(RoleNames.Editor, MediaPermissions.ManageMedia)];
}

internal sealed class UsersPermissionProvider() : FeaturePermissions(
    UsersPermissions.ManageUsers, UsersPermissions.ViewUsers, UsersPermissions.ListUsers, UsersPermissions.EditUsers, UsersPermissions.DeleteUsers,
    UsersPermissions.EditOwnUser, UsersPermissions.AssignRoleToUsers)
{
    public override IEnumerable<PermissionStereotype> GetDefaultStereotypes() => [.. base.GetDefaultStereotypes(), Stereotype(RoleNames.Authenticated, UsersPermissions.EditOwnUser)];
}

/// <summary>Permissions whose types Orchard keeps in assemblies that modules don't reference.</summary>
internal static class HostPermissions
{
    public static readonly Permission ManageTenants = new("ManageTenants", "Manage tenants", isSecurityCritical: true);

    public static readonly Permission ApplyTheme = new("ApplyTheme", "Apply a Theme");
}
