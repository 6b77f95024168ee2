using OrchardCore.Recipes.Models;

namespace OrchardCore.Setup.Services;

/// <summary>Sets tenants up.</summary>
public interface ISetupService
{
    /// <summary>The recipes a tenant can be set up from.</summary>
    Task<IEnumerable<RecipeDescriptor>> GetSetupRecipesAsync();

    /// <summary>Sets a tenant up: tables, recipe, administrator. On errors, which are then in the context, the tenant waits again.</summary>
    /// <param name="context">What to set up.</param>
    /// <returns>The id of the recipe's run.</returns>
    Task<string> SetupAsync(SetupContext context);
}
