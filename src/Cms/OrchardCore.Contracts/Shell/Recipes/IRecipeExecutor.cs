using OrchardCore.Recipes.Models;

namespace OrchardCore.Recipes.Services;

/// <summary>Runs recipes.</summary>
public interface IRecipeExecutor
{
    /// <summary>Runs a recipe in the current tenant, each step in a scope (and so a transaction) of its own.</summary>
    /// <param name="executionId">An id for the run.</param>
    /// <param name="recipeDescriptor">The recipe.</param>
    /// <param name="environment">Values for the recipe's <c>parameters()</c>.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>The id of the run.</returns>
    /// <exception cref="RecipeExecutionException">A step failed; the steps before it stay done.</exception>
    Task<string> ExecuteAsync(string executionId, RecipeDescriptor recipeDescriptor, IDictionary<string, object> environment, CancellationToken cancellationToken);
}
