using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Removing;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Setup.Events;
using OrchardCore.Setup.Services;

namespace LinkShop.Cms.Shell.Setup;

/// <summary>Sets a tenant up. Works on a tenant whose set-up was interrupted too: every part of it may run again.</summary>
internal sealed class SetupService(ShellHost host, IEnumerable<IRecipeHarvester> harvesters, ILogger<SetupService> logger) : ISetupService
{
    public async Task<IEnumerable<RecipeDescriptor>> GetSetupRecipesAsync()
    {
        var recipes = new List<RecipeDescriptor>();
        foreach (var harvester in harvesters) recipes.AddRange(await harvester.HarvestRecipesAsync());
        return recipes.Where(r => r.IsSetupRecipe).DistinctBy(r => r.Name).ToArray();
    }

    public async Task<string> SetupAsync(SetupContext context)
    {
        var settings = context.ShellSettings;
        var executionId = Guid.NewGuid().ToString("n");
        if (settings.IsInitialized())
        {
            context.Errors["ShellSettings"] = $"The tenant '{settings.Name}' is set up already.";
            return executionId;
        }
        settings["RecipeName"] = context.Recipe.Name;
        settings.TenantId ??= Guid.NewGuid().ToString("n");
        settings.VersionId = Guid.NewGuid().ToString("n");
        context.Properties.TryAdd(SetupConstants.AdminUserId, Guid.NewGuid().ToString("n"));
        await host.InitializeAsync();
        var unit = host.BeginSetUp(settings);
        try
        {
            await SetUpAsync(context, executionId, unit);
        }
        finally
        {
            if (unit is not null) host.EndSetUp(unit);
        }
        return executionId;
    }

    private async Task SetUpAsync(SetupContext context, string executionId, SetupUnit? unit)
    {
        var settings = context.ShellSettings;
        try
        {
            await host.UpdateShellSettingsAsync(settings.AsInitializing(), new ShellFeatureState([.. context.EnabledFeatures], []));
            // no tenant of the caller's may be current in the new one
            using (ShellScope.Suppress()) await RunAsync(context, executionId);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // a mistake in a recipe is said with its place; a trace would only bury it
            if (e is RecipeExecutionException { InnerException: null or FormatException or RecipeExecutionException } mistake) logger.LogError("The set-up of tenant '{Tenant}' failed: {Mistake}", settings.Name, mistake.Message);
            else logger.LogError(e, "The set-up of tenant '{Tenant}' failed.", settings.Name);
            context.Errors[(e as RecipeExecutionException)?.StepResult.StepName ?? ""] = e.Message;
        }
        if (context.Errors.Count > 0) await AbandonAsync(settings, unit);
        else await FinishAsync(settings);
    }

    /// <summary>Nothing half-made stays behind: another recipe, or the same one corrected, finds an empty tenant.</summary>
    private async Task AbandonAsync(ShellSettings settings, SetupUnit? unit)
    {
        try
        {
            if (unit is not null) await unit.DropAsync();
            var context = new ShellRemovingContext { ShellSettings = settings };
            using (ShellScope.Suppress())
            {
                await (await host.GetScopeAsync(settings)).UsingAsync(async scope =>
                {
                    foreach (var handler in scope.ServiceProvider.GetServices<IModularTenantEvents>())
                        if (context.Success) await handler.RemovingAsync(context);
                    // undoes what the handlers did before the one that refused
                    if (!context.Success) throw new InvalidOperationException(context.ErrorMessage);
                }, activateShell: false);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogError(e, "What the failed set-up of tenant '{Tenant}' left could not be removed.", settings.Name);
        }
        await host.UpdateShellSettingsAsync(settings.AsUninitialized());
    }

    private async Task RunAsync(SetupContext context, string executionId)
    {
        var settings = context.ShellSettings;
        await (await host.GetScopeAsync(settings)).UsingAsync(scope => scope.ServiceProvider.GetRequiredService<IRecipeExecutor>()
            .ExecuteAsync(executionId, context.Recipe, context.Properties, CancellationToken.None));
        await (await host.GetScopeAsync(settings)).UsingAsync(async scope =>
        {
            var handlers = scope.ServiceProvider.GetServices<ISetupEventHandler>().ToArray();
            foreach (var handler in handlers) await handler.SetupAsync(context);
            if (context.Errors.Count == 0) return;
            foreach (var handler in handlers) await handler.FailedAsync(context);
            // undoes what the handlers wrote
            throw new InvalidOperationException(string.Join(" ", context.Errors.Values));
        });
    }

    private async Task FinishAsync(ShellSettings settings)
    {
        await host.UpdateShellSettingsAsync(settings.AsRunning());
        // nobody has used it yet, so it need not have its background tasks in the next minute
        await (await host.GetScopeAsync(settings, isBackground: true)).UsingAsync(async scope =>
        {
            foreach (var handler in scope.ServiceProvider.GetServices<ISetupEventHandler>()) await handler.SucceededAsync();
        });
    }
}
