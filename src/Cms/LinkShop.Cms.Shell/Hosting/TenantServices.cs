using LinkShop.Cms.Shell.Localization;
using LinkShop.Cms.Shell.Locking;
using LinkShop.Cms.Shell.Options;
using LinkShop.Cms.Shell.Recipes;
using LinkShop.Cms.Shell.Security;
using LinkShop.Cms.Shell.Setup;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell;
using OrchardCore.Localization;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;
using OrchardCore.Recipes;
using OrchardCore.Recipes.Services;
using OrchardCore.Setup.Services;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>What the host gives every blueprint.</summary>
internal static class TenantServices
{
    internal static void Add(IServiceCollection services)
    {
        services.AddScoped<CurrentShellScope>();
        services.AddScoped(sp => sp.GetRequiredService<CurrentShellScope>().Scope?.ShellContext.Settings
            ?? throw new InvalidOperationException("A tenant's service was asked for, and there is no current tenant."));
        AddOptions(services);
        services.AddRouting();
        services.AddSingleton<IMemoryCache, TenantMemoryCache>();
        services.AddSingleton<IDataProtectionProvider, TenantDataProtectionProvider>();
        services.AddSingleton<ISignal, TenantSignal>();
        services.AddSingleton<IDistributedLock, TenantDistributedLock>();
        services.AddSingleton<ILocalLock, TenantLocalLock>();
        services.AddScoped<IShellFeaturesManager, ShellFeaturesManager>();
        services.AddScoped<IShellReleaseManager, ShellReleaseManager>();
        services.AddScoped<IRecipeExecutor, RecipeExecutor>();
        services.AddRecipeExecutionStep<FeatureStep>();
        services.AddScoped<ISetupService, SetupService>();
        services.AddScoped<ILocalizationService, LocalizationService>();
        services.TryAddSingleton<IHtmlLocalizerFactory, HtmlLocalizerFactory>();
        services.TryAddTransient(typeof(IHtmlLocalizer<>), typeof(HtmlLocalizer<>));
        services.TryAddTransient<IViewLocalizer, ViewLocalizer>();
    }

    /// <summary>What must see everything that the features registered.</summary>
    internal static void AddLast(IServiceCollection services) => TenantCookies.Add(services);

    private static void AddOptions(IServiceCollection services)
    {
        services.AddSingleton(typeof(TenantOptionsSource<>));
        services.AddSingleton(typeof(IOptions<>), typeof(TenantOptions<>));
        services.AddScoped(typeof(IOptionsSnapshot<>), typeof(TenantOptionsSnapshot<>));
        services.AddSingleton(typeof(IOptionsMonitor<>), typeof(TenantOptionsMonitor<>));
        services.AddTransient(typeof(IOptionsFactory<>), typeof(OptionsFactory<>));
        services.AddSingleton(typeof(IOptionsMonitorCache<>), typeof(OptionsCache<>));
    }
}
