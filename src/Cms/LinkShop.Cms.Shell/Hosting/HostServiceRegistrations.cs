using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Catalog;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Localization;
using LinkShop.Cms.Shell.Locking;
using LinkShop.Cms.Shell.Recipes;
using LinkShop.Cms.Shell.Security;
using LinkShop.Cms.Shell.Setup;
using LinkShop.Cms.Shell.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>The process-wide services; blueprints see the same instances.</summary>
internal static class HostServiceRegistrations
{
    internal static void Add(OrchardCoreBuilder builder)
    {
        var services = builder.ApplicationServices;
        services.AddSingleton(builder);
        services.AddSingleton(builder.Options);
        services.AddLogging();
        services.AddOptions();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ICmsDatabase, CmsDatabase>();
        services.AddSingleton<ShellStore>();
        services.AddSingleton<ShopMoves>();
        services.AddSingleton<Signals>();
        services.AddSingleton(sp => new ModuleCatalog(builder.Options.FindAssemblies(sp.GetRequiredService<IHostEnvironment>()), builder.Options.TenantFeatures));
        services.AddSingleton<IExtensionManager>(sp => sp.GetRequiredService<ModuleCatalog>());
        services.AddSingleton<ITypeFeatureProvider>(sp => sp.GetRequiredService<ModuleCatalog>());
        services.AddSingleton<ModuleAssets>();
        services.AddSingleton<RunningShellTable>();
        services.AddSingleton<IRunningShellTable>(sp => sp.GetRequiredService<RunningShellTable>());
        services.AddSingleton<IShellSettingsManager, ShellSettingsManager>();
        services.AddSingleton(sp => new BlueprintFactory(sp, new HostServices(services), sp.GetRequiredService<ModuleCatalog>(), sp.GetRequiredService<CmsHostOptions>()));
        services.AddSingleton<BlueprintCache>();
        services.AddSingleton<ShellHost>();
        services.AddSingleton<IShellHost>(sp => sp.GetRequiredService<ShellHost>());
        services.AddSingleton<IClock, Clock>();
        services.AddSingleton<DatabaseLock>();
        services.AddSingleton<PoTranslations>();
        services.AddSingleton<IStringLocalizerFactory, PoStringLocalizerFactory>();
        services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        services.AddSingleton<RequestCultures>();
        services.AddSingleton<RecipeLibrary>();
        services.AddSingleton<IRecipeHarvester>(sp => sp.GetRequiredService<RecipeLibrary>());
        services.AddSingleton<AutoSetup>();
        DataProtectionRegistrations.AddToHost(services);
        services.AddHostedService<HostStart>();
        services.AddHostedService<ShellChangeWatcher>();
        services.AddHostedService<BackgroundTaskScheduler>();
    }
}
