using OrchardCore.Recipes.Models;

namespace OrchardCore.Recipes.Services;

/// <summary>Base for the handler of one step.</summary>
/// <param name="stepName">The step's name; case does not matter.</param>
public abstract class NamedRecipeStepHandler(string stepName) : IRecipeStepHandler
{
    /// <summary>The step's name.</summary>
    protected readonly string StepName = stepName;

    /// <inheritdoc />
    public Task ExecuteAsync(RecipeExecutionContext context)
        => string.Equals(context.Name, StepName, StringComparison.OrdinalIgnoreCase) ? HandleAsync(context) : Task.CompletedTask;

    /// <summary>Runs the step. Reports what is wrong in <see cref="RecipeExecutionContext.Errors"/>.</summary>
    /// <param name="context">The step.</param>
    protected abstract Task HandleAsync(RecipeExecutionContext context);

    /// <summary>Whether this handler's step has the given name.</summary>
    internal bool Handles(string name) => string.Equals(name, StepName, StringComparison.OrdinalIgnoreCase);
}
