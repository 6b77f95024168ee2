using OrchardCore.Recipes.Models;

namespace OrchardCore.Recipes.Events;

/// <summary>Hears of the progress of recipes.</summary>
public interface IRecipeEventHandler
{
    /// <summary>Before the first step.</summary>
    /// <param name="executionId">The run's id.</param>
    /// <param name="descriptor">The recipe.</param>
    Task RecipeExecutingAsync(string executionId, RecipeDescriptor descriptor);

    /// <summary>Before a step.</summary>
    /// <param name="context">The step.</param>
    Task RecipeStepExecutingAsync(RecipeExecutionContext context);

    /// <summary>After a step.</summary>
    /// <param name="context">The step.</param>
    Task RecipeStepExecutedAsync(RecipeExecutionContext context);

    /// <summary>After the last step.</summary>
    /// <param name="executionId">The run's id.</param>
    /// <param name="descriptor">The recipe.</param>
    Task RecipeExecutedAsync(string executionId, RecipeDescriptor descriptor);

    /// <summary>After a step failed.</summary>
    /// <param name="executionId">The run's id.</param>
    /// <param name="descriptor">The recipe.</param>
    Task ExecutionFailedAsync(string executionId, RecipeDescriptor descriptor);
}
