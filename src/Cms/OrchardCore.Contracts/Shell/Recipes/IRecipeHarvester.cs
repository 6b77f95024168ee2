using OrchardCore.Recipes.Models;

namespace OrchardCore.Recipes.Services;

/// <summary>Finds recipes.</summary>
public interface IRecipeHarvester
{
    /// <summary>All recipes it knows.</summary>
    Task<IEnumerable<RecipeDescriptor>> HarvestRecipesAsync();
}
