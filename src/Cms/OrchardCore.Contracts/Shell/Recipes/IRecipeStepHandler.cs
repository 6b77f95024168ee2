using OrchardCore.Recipes.Models;

namespace OrchardCore.Recipes.Services;

/// <summary>Runs the steps it knows. Every handler sees every step.</summary>
public interface IRecipeStepHandler
{
    /// <summary>Runs a step when its name is this handler's, else does nothing.</summary>
    /// <param name="context">The step.</param>
    Task ExecuteAsync(RecipeExecutionContext context);
}
