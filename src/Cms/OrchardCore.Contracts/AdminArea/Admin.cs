using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Environment.Extensions;

namespace OrchardCore.Admin
{
    /// <summary>Marks a controller or action of the admin area: admin theme, addresses below the admin prefix, only for those who may enter it.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    public class AdminAttribute : Attribute, IAsyncResourceFilter
    {
        private static readonly object _key = new();

        /// <summary>Takes the address below the admin prefix and the route's name; without them they follow from controller and action.</summary>
        public AdminAttribute(string? template = null, string? routeName = null)
        {
            Template = template;
            RouteName = routeName;
        }

        /// <summary>Address below the admin prefix, if given.</summary>
        public string? Template { get; }

        /// <summary>Name of the route, if given.</summary>
        public string? RouteName { get; set; }

        /// <inheritdoc />
        public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
        {
            Apply(context.HttpContext);
            return next();
        }

        /// <summary>Marks the request as one of the admin area.</summary>
        public static void Apply(HttpContext context) => context.Items[_key] = true;

        /// <summary>Whether the request belongs to the admin area.</summary>
        public static bool IsApplied(HttpContext context) => context.Items.ContainsKey(_key);
    }

    /// <summary>Settings of the admin area.</summary>
    public class AdminOptions
    {
        /// <summary>First part of its addresses.</summary>
        public string AdminUrlPrefix { get; set; } = "Admin";
    }

    /// <summary>The tenant's admin theme.</summary>
    public interface IAdminThemeService
    {
        /// <summary>The theme; null when none is chosen.</summary>
        Task<IExtensionInfo?> GetAdminThemeAsync();

        /// <summary>The theme's id; null when none is chosen.</summary>
        Task<string?> GetAdminThemeNameAsync();

        /// <summary>Chooses the theme.</summary>
        Task SetAdminThemeAsync(string themeName);
    }
}

namespace OrchardCore.Themes.Services
{
    /// <summary>The tenant's site theme.</summary>
    public interface ISiteThemeService
    {
        /// <summary>The theme; null when none is chosen.</summary>
        Task<IExtensionInfo?> GetSiteThemeAsync();

        /// <summary>The theme's id; null when none is chosen.</summary>
        Task<string?> GetSiteThemeNameAsync();

        /// <summary>Chooses the theme.</summary>
        Task SetSiteThemeAsync(string themeName);
    }
}
