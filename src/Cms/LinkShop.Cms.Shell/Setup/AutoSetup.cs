using System.Security.Cryptography;
using LinkShop.Cms.Shell.Hosting;
using LinkShop.Cms.Shell.Locking;
using LinkShop.Cms.Shell.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Services;
using OrchardCore.Setup.Services;

namespace LinkShop.Cms.Shell.Setup;

/// <summary>Sets up, before the server listens, the tenants listed in <c>OrchardCore:OrchardCore_AutoSetup:Tenants</c> that are not set up yet.</summary>
internal sealed class AutoSetup(
    ShellHost host, IShellSettingsManager manager, RecipeLibrary library, DatabaseLock locks,
    CmsHostOptions options, IConfiguration configuration, ILogger<SetupService> logger)
{
    private const string LockName = "host:autosetup";
    internal const string Section = "OrchardCore:OrchardCore_AutoSetup:Tenants";

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.SetupFeatures.Contains("OrchardCore.AutoSetup")) return;
        var wanted = configuration.GetSection(Section).Get<TenantSetup[]>() ?? [];
        if (wanted.All(IsDone)) return;
        // several processes may start at once: one sets up, the others wait and find it done
        await using var locker = await locks.TryAcquireAsync(LockName, TimeSpan.Zero, null) ?? await WaitAsync();
        await host.RefreshAllAsync(everything: true);
        foreach (var tenant in wanted.Where(t => !IsDone(t)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await SetUpAsync(tenant);
        }
    }

    private async Task<DatabaseLocker?> WaitAsync()
    {
        Console.Out.WriteLine("Another process is setting up; waiting for it to finish …");
        return await locks.TryAcquireAsync(LockName, Timeout.InfiniteTimeSpan, null);
    }

    private bool IsDone(TenantSetup tenant) => host.TryGetSettings(tenant.ShellName, out var settings) && settings.IsInitialized();

    private async Task SetUpAsync(TenantSetup tenant)
    {
        var recipe = (await library.HarvestRecipesAsync()).FirstOrDefault(r => r.Name.Equals(tenant.RecipeName, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"{Section}: tenant '{tenant.ShellName}' asks for the recipe '{tenant.RecipeName}', which is in no module and not in the folder 'recipes'.");
        if (!host.TryGetSettings(tenant.ShellName, out var settings)) settings = manager.CreateDefaultSettings();
        settings.Name = tenant.ShellName;
        settings.RequestUrlHost = tenant.RequestUrlHost;
        settings.RequestUrlPrefix = tenant.RequestUrlPrefix;
        // a password that was generated and not seen because the set-up was interrupted is simply replaced by the next one
        var generated = string.IsNullOrEmpty(tenant.AdminPassword) ? "A1!" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(9)) : null;
        var context = new SetupContext
        {
            ShellSettings = settings,
            Recipe = recipe,
            Properties = new Dictionary<string, object>
            {
                [SetupConstants.SiteName] = tenant.SiteName ?? tenant.ShellName,
                [SetupConstants.SiteTimeZone] = tenant.SiteTimeZone ?? "Asia/Shanghai",
                [SetupConstants.AdminUsername] = tenant.AdminUsername ?? "admin",
                [SetupConstants.AdminEmail] = tenant.AdminEmail ?? "admin@localhost",
                [SetupConstants.AdminPassword] = generated ?? tenant.AdminPassword!,
                [SetupConstants.DatabaseProvider] = tenant.DatabaseProvider ?? "Sqlite",
            },
        };
        await new SetupService(host, [library], logger).SetupAsync(context);
        if (context.Errors.Count > 0) throw new InvalidOperationException($"The tenant '{settings.Name}' could not be set up. {string.Join(" ", context.Errors.Values)}");
        // the only time it is shown
        if (generated is not null) Console.Out.WriteLine($"{settings.Name}: sign in as {context.Properties[SetupConstants.AdminUsername]} with the password {generated}");
    }

    /// <summary>One entry of the configuration, with Orchard's names.</summary>
    private sealed class TenantSetup
    {
        public string ShellName { get; set; } = ShellSettings.DefaultShellName;

        public string? SiteName { get; set; }

        public string? SiteTimeZone { get; set; }

        public string? AdminUsername { get; set; }

        public string? AdminEmail { get; set; }

        public string? AdminPassword { get; set; }

        public string? DatabaseProvider { get; set; }

        public string RecipeName { get; set; } = "";

        public string? RequestUrlPrefix { get; set; }

        public string? RequestUrlHost { get; set; }
    }
}
