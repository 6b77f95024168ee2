using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Recipes.Events;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Shell.Recipes;

/// <summary>Runs a recipe's steps one after the other, each in a scope, and so a transaction, of its own.</summary>
internal sealed class RecipeExecutor(IShellHost host, ShellSettings settings, IEnumerable<IRecipeEventHandler> events) : IRecipeExecutor
{
    public async Task<string> ExecuteAsync(string executionId, RecipeDescriptor recipeDescriptor, IDictionary<string, object> environment, CancellationToken cancellationToken)
    {
        foreach (var handler in events) await handler.RecipeExecutingAsync(executionId, recipeDescriptor);
        try
        {
            await RunAsync(executionId, recipeDescriptor, environment, cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            foreach (var handler in events) await handler.ExecutionFailedAsync(executionId, recipeDescriptor);
            if (e is FormatException) throw Fail(e, "", e.Message);
            throw;
        }
        foreach (var handler in events) await handler.RecipeExecutedAsync(executionId, recipeDescriptor);
        return executionId;
    }

    private async Task RunAsync(string executionId, RecipeDescriptor recipe, IDictionary<string, object> environment, CancellationToken cancellationToken)
    {
        var document = RecipeDocument.Load(recipe);
        var expressions = new RecipeExpressions(document.Root["variables"] as JsonObject, environment);
        var steps = document.ReadSteps();
        for (var i = 0; i < steps.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (name, step) = steps[i];
            if (i == 0 || IsFeature(steps[i - 1].Name)) await RefuseUnknownAsync(document, steps, i);
            var number = i;
            var context = new RecipeExecutionContext { ExecutionId = executionId, Environment = environment, Name = name, RecipeDescriptor = recipe };
            try
            {
                context.Step = expressions.Evaluate(step);
            }
            catch (FormatException e)
            {
                throw Fail(e, name, $"{document.Place(i, name, e.Message)}, {e.Message}");
            }
            await RunStepAsync(context, error => document.Place(number, name, error));
            foreach (var inner in context.InnerRecipes ?? []) await RunAsync(executionId, inner, environment, cancellationToken);
        }
    }

    /// <summary>
    /// Finds steps that nothing knows before the first of them runs. Which steps are known changes only with the features, so it looks as
    /// far as the next step that changes those.
    /// </summary>
    private async Task RefuseUnknownAsync(RecipeDocument document, IReadOnlyList<(string Name, JsonObject Step)> steps, int first)
    {
        var unknown = new List<string>();
        await (await host.GetScopeAsync(settings)).UsingAsync(scope =>
        {
            var handlers = scope.ServiceProvider.GetServices<IRecipeStepHandler>().ToArray();
            for (var i = first; i < steps.Count; i++)
            {
                var name = steps[i].Name;
                // a handler that is not bound to a name may know any step
                if (!handlers.Any(h => h is not NamedRecipeStepHandler named || named.Handles(name)))
                    unknown.Add($"{document.Place(i, name)}: no enabled feature knows this step.");
                if (IsFeature(name)) break;
            }
            return Task.CompletedTask;
        });
        if (unknown.Count > 0) throw new RecipeExecutionException(new RecipeStepResult { StepName = steps[first].Name, Errors = [.. unknown] });
    }

    private static bool IsFeature(string step) => string.Equals(step, "feature", StringComparison.OrdinalIgnoreCase);

    private async Task RunStepAsync(RecipeExecutionContext context, Func<string, string> place)
    {
        try
        {
            // asked for anew: the step before may have moved the tenant to other features
            await (await host.GetScopeAsync(settings)).UsingAsync(scope => RunStepAsync(scope, context));
        }
        catch (RecipeExecutionException e)
        {
            throw Fail(e.InnerException ?? e, context.Name, [.. e.StepResult.Errors.Select(error => $"{place(error)}: {error}")]);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            throw Fail(e, context.Name, $"{place("")}: {e.Message}");
        }
    }

    private static async Task RunStepAsync(ShellScope scope, RecipeExecutionContext context)
    {
        var handlers = scope.ServiceProvider.GetServices<IRecipeStepHandler>().ToArray();
        var events = scope.ServiceProvider.GetServices<IRecipeEventHandler>().ToArray();
        foreach (var handler in events) await handler.RecipeStepExecutingAsync(context);
        foreach (var handler in handlers) await handler.ExecuteAsync(context);
        // thrown inside of the scope, so that what the step has written is undone
        if (context.Errors.Count > 0) throw new RecipeExecutionException(new RecipeStepResult { StepName = context.Name, IsCompleted = true, Errors = [.. context.Errors] });
        foreach (var handler in events) await handler.RecipeStepExecutedAsync(context);
    }

    private static RecipeExecutionException Fail(Exception cause, string step, params string[] errors)
        => new(cause, new RecipeStepResult { StepName = step, Errors = errors });
}
