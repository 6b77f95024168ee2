using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Events;
using OrchardCore.Recipes.Models;

namespace LinkShop.Platform.Services;

/// <summary>One line for each recipe step of a set-up.</summary>
internal sealed class SetupProgress(ShellSettings settings, SetupConsole console) : IRecipeEventHandler
{
    // Recipes that an administrator runs later report on the page.
    private bool InSetup => !settings.IsInitialized();

    public Task RecipeExecutingAsync(string executionId, RecipeDescriptor descriptor) =>
        Tell($"{settings.Name}: setting up from recipe '{descriptor.Name}' …");

    public Task RecipeStepExecutingAsync(RecipeExecutionContext context) => Task.CompletedTask;

    public Task RecipeStepExecutedAsync(RecipeExecutionContext context) =>
        Tell(context.Errors.Count == 0 ? $"{settings.Name}: {context.Name}" : $"{settings.Name}: {context.Name} failed: {string.Join(" ", context.Errors)}");

    public Task RecipeExecutedAsync(string executionId, RecipeDescriptor descriptor) => Tell($"{settings.Name}: recipe '{descriptor.Name}' is done");

    public Task ExecutionFailedAsync(string executionId, RecipeDescriptor descriptor) => Tell($"{settings.Name}: recipe '{descriptor.Name}' failed");

    private Task Tell(string line)
    {
        if (InSetup)
        {
            console.Tell(line);
        }

        return Task.CompletedTask;
    }
}
