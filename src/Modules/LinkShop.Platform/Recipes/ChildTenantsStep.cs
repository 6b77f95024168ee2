using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Platform.Services;
using Microsoft.Extensions.Localization;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Setup.Services;

namespace LinkShop.Platform.Recipes;

/// <summary>
/// Creates tenants and sets them up from their recipes. Safe to run again: a tenant that runs is left alone, one
/// whose set-up was interrupted is set up again. Put the step last, as a child's set-up may use what the others made.
/// </summary>
internal sealed class ChildTenantsStep(
    IShellHost shellHost,
    IShellSettingsManager settingsManager,
    ISetupService setupService,
    SetupConsole console,
    IStringLocalizer<ChildTenantsStep> S) : NamedRecipeStepHandler("ChildTenants")
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        if (!TryRead(context, out var tenants))
        {
            return;
        }

        var recipes = (await setupService.GetSetupRecipesAsync()).ToDictionary(r => r.Name, StringComparer.OrdinalIgnoreCase);
        var errors = ChildTenantRules.Check(tenants, recipes.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase), S);
        if (errors.Count == 0 && ReadAdministrator(context.Environment) is null)
        {
            errors.Add(S["The administrator's name, e-mail and password are only known while a tenant is being set up: run this step from a set-up recipe."]);
        }

        if (errors.Count > 0)
        {
            errors.ForEach(context.Errors.Add);
            return;
        }

        foreach (var tenant in tenants)
        {
            await EnsureAsync(tenant, recipes[tenant.RecipeName!], context);
        }
    }

    private bool TryRead(RecipeExecutionContext context, out List<ChildTenant> tenants)
    {
        tenants = [];
        try
        {
            var step = (JsonObject)context.Step.DeepClone();
            step.Remove("name");
            tenants = step.Deserialize<ChildTenantsStepModel>(s_options)?.Tenants ?? [];
        }
        catch (JsonException e)
        {
            context.Errors.Add(S["Step 'ChildTenants', {0}: {1}", e.Path ?? "$", e.Message]);
            return false;
        }

        if (tenants.Count == 0 || tenants.Contains(null!))
        {
            context.Errors.Add(S["Step 'ChildTenants': Tenants must be a list of tenants."]);
            return false;
        }

        return true;
    }

    private async Task EnsureAsync(ChildTenant tenant, RecipeDescriptor recipe, RecipeExecutionContext context)
    {
        if (!shellHost.TryGetSettings(tenant.Name!, out var settings))
        {
            settings = await CreateAsync(tenant);
        }
        else if (settings.IsRunning() || settings.IsDisabled())
        {
            console.Tell(S["Tenant '{0}' exists already and is left as it is.", tenant.Name!]);
            return;
        }

        var setup = new SetupContext
        {
            ShellSettings = settings.AsUninitialized(),
            Recipe = recipe,
            Errors = new Dictionary<string, string>(),
        };
        foreach (var (key, value) in ReadAdministrator(context.Environment)!)
        {
            setup.Properties[key] = value;
        }

        setup.Properties[SetupConstants.SiteName] = tenant.SiteName!;
        if (tenant.SiteTimeZone is { Length: > 0 } zone)
        {
            setup.Properties[SetupConstants.SiteTimeZone] = zone;
        }

        await setupService.SetupAsync(setup);
        foreach (var (key, message) in setup.Errors)
        {
            context.Errors.Add(S["Setting up tenant '{0}': {1} {2}", tenant.Name!, key, message]);
        }
    }

    private async Task<ShellSettings> CreateAsync(ChildTenant tenant)
    {
        var settings = settingsManager.CreateDefaultSettings().AsUninitialized();
        settings.Name = tenant.Name!;
        settings.RequestUrlPrefix = tenant.RequestUrlPrefix ?? "";
        settings.RequestUrlHost = tenant.RequestUrlHost ?? "";
        settings["RecipeName"] = tenant.RecipeName;
        settings["Description"] = tenant.Description ?? tenant.SiteName;
        settings["Category"] = tenant.Category;
        settings["Secret"] = Guid.NewGuid().ToString("n");
        // The Default tenant's database: a tenant is rows, not a database of its own.
        if (shellHost.TryGetSettings(ShellSettings.DefaultShellName, out var parent))
        {
            settings["DatabaseProvider"] = parent["DatabaseProvider"];
            settings["ConnectionString"] = parent["ConnectionString"];
            settings["Schema"] = parent["Schema"];
            settings["TablePrefix"] = tenant.Name;
        }

        await shellHost.UpdateShellSettingsAsync(settings);
        return settings;
    }

    private static Dictionary<string, object>? ReadAdministrator(object? environment)
    {
        string[] needed = [SetupConstants.AdminUsername, SetupConstants.AdminEmail, SetupConstants.AdminPassword];
        string[] optional = [SetupConstants.SiteTimeZone, SetupConstants.DatabaseProvider];
        if (environment is not IDictionary<string, object> values || needed.Any(key => !values.TryGetValue(key, out var v) || v is null))
        {
            return null;
        }

        return needed.Concat(optional)
            .Where(key => values.TryGetValue(key, out var value) && value is not null)
            .ToDictionary(key => key, key => values[key]);
    }
}
