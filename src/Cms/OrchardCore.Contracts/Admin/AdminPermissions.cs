using OrchardCore.Security.Permissions;

namespace OrchardCore.Admin
{
    /// <summary>Permissions on the admin as a whole.</summary>
    public static class AdminPermissions
    {
        /// <summary>May open the admin.</summary>
        public static readonly Permission AccessAdminPanel = new("AccessAdminPanel", "Access admin panel");
    }
}

namespace OrchardCore.Features
{
    /// <summary>Permissions on features.</summary>
    public static class FeaturesPermissions
    {
        /// <summary>May enable and disable features.</summary>
        public static readonly Permission ManageFeatures = new("ManageFeatures", "Manage Features", isSecurityCritical: true);
    }
}

namespace OrchardCore.Recipes
{
    /// <summary>Permissions on recipes.</summary>
    public static class RecipePermissions
    {
        /// <summary>May run recipes.</summary>
        public static readonly Permission ManageRecipes = new("ManageRecipes", "Manage Recipes", isSecurityCritical: true);
    }
}
