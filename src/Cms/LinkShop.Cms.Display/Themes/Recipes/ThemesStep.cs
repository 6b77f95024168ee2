using OrchardCore.Admin;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Themes.Services;

namespace LinkShop.Cms.Display.Themes.Recipes;

/// <summary>Recipe step <c>themes</c>: chooses the theme of the site and of the admin area and enables them.</summary>
internal sealed class ThemesStep(ISiteThemeService site, IAdminThemeService admin, IExtensionManager extensions, IShellFeaturesManager features) : NamedRecipeStepHandler("themes")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        if (await EnableAsync(context, "Site") is { } siteTheme)
            await site.SetSiteThemeAsync(siteTheme);

        if (await EnableAsync(context, "Admin") is { } adminTheme)
            await admin.SetAdminThemeAsync(adminTheme);
    }

    private async Task<string?> EnableAsync(RecipeExecutionContext context, string property)
    {
        // Orchard's own recipes write these names in small letters.
        var value = context.Step.FirstOrDefault(member => string.Equals(member.Key, property, StringComparison.OrdinalIgnoreCase)).Value;
        if (value?.GetValue<string>() is not { Length: > 0 } name)
            return null;

        if (extensions.GetExtension(name) is not { Exists: true } theme)
        {
            context.Errors.Add($"{property}: there is no theme '{name}'.");
            return null;
        }

        var enabled = (await features.GetEnabledFeaturesAsync()).Select(feature => feature.Id).ToHashSet(StringComparer.Ordinal);
        var missing = theme.Features.Where(feature => !enabled.Contains(feature.Id)).ToArray();
        if (missing.Length > 0)
            await features.UpdateFeaturesAsync([], missing, force: true);

        return name;
    }
}
