using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Cms.Tests.Shell;

public sealed class SingletonTests
{
    /// <summary>Every field here was looked at; its text says why no tenant's data is in it, or under which key.</summary>
    private static readonly Dictionary<string, string> _known = new(StringComparer.Ordinal)
    {
        ["LinkShop.Cms.Content.Caching.SharedTexts._added"] = "a count",
        ["LinkShop.Cms.Content.Caching.SharedTexts._known"] = "by text, of types that only the host reads and never changes",
        ["LinkShop.Cms.Content.Caching.SharedTexts._private"] = "by type",
        ["LinkShop.Cms.Content.Data.ContentHosts.Known"] = "by database",
        ["LinkShop.Cms.Content.IndexCatalogHolder._catalog"] = "types only; scoped providers are asked anew",
        ["LinkShop.Cms.Display.Rendering.PageResultExecutor._found"] = "by theme, action and view name",
        ["LinkShop.Cms.Display.Content.Parts.MarkdownHtmlCache._html"] = "by text; the same for all",
        ["LinkShop.Cms.Display.Shapes.ShapeTables._tables"] = "by theme",
        ["LinkShop.Cms.Shell.Blueprints.BlueprintCache._idle"] = "by feature set",
        ["LinkShop.Cms.Shell.Blueprints.BlueprintCache._slots"] = "by feature set",
        ["LinkShop.Cms.Shell.Blueprints.BlueprintRoot.<Blueprint>k__BackingField"] = "set once",
        ["LinkShop.Cms.Shell.Database.CmsDatabase._created"] = "of the process",
        ["LinkShop.Cms.Shell.Database.ShellStore._kept"] = "by tenant",
        ["LinkShop.Cms.Shell.Hosting.CmsHostOptions.<Assemblies>k__BackingField"] = "set at the start",
        ["LinkShop.Cms.Shell.Hosting.CmsHostOptions.<SetupFeatures>k__BackingField"] = "set at the start",
        ["LinkShop.Cms.Shell.Hosting.CmsHostOptions.<TenantFeatures>k__BackingField"] = "set at the start",
        ["LinkShop.Cms.Shell.Hosting.CmsHostOptions._startups"] = "set at the start",
        ["LinkShop.Cms.Shell.Hosting.RunningShellTable._default"] = "the table of tenants itself",
        ["LinkShop.Cms.Shell.Hosting.RunningShellTable._hasWildcards"] = "the table of tenants itself",
        ["LinkShop.Cms.Shell.Hosting.RunningShellTable._hosts"] = "the table of tenants itself",
        ["LinkShop.Cms.Shell.Hosting.RunningShellTable._tenants"] = "by tenant",
        ["LinkShop.Cms.Shell.Hosting.ShellHost._contexts"] = "by tenant",
        ["LinkShop.Cms.Shell.Hosting.ShellHost._initialized"] = "of the process",
        ["LinkShop.Cms.Shell.Hosting.ShellHost._moving"] = "by tenant",
        ["LinkShop.Cms.Shell.Hosting.ShellHost._refreshed"] = "of the process",
        ["LinkShop.Cms.Shell.Hosting.ShellHost._settings"] = "by tenant",
        ["LinkShop.Cms.Shell.Hosting.ShellHost._versions"] = "by tenant",
        ["LinkShop.Cms.Shell.Hosting.Signals._counters"] = "by tenant and key",
        ["LinkShop.Cms.Shell.Localization.PoStringLocalizerFactory._localizers"] = "by type or view",
        ["LinkShop.Cms.Shell.Localization.PoTranslations._byCulture"] = "by culture",
        ["LinkShop.Cms.Shell.Localization.RequestCultures._byHeader"] = "by list of cultures and header",
        ["LinkShop.Cms.Shell.Localization.RequestCultures._sets"] = "by list of cultures",
        ["LinkShop.Cms.Shell.Locking.DatabaseLock._released"] = "by name, with the tenant in it",
        ["LinkShop.Cms.Shell.Locking.TenantLocalLock._gates"] = "by tenant and name",
        ["LinkShop.Cms.Shell.Options.TenantOptionsMonitor`1._registrations"] = "of the blueprint",
        ["LinkShop.Cms.Shell.Options.TenantOptionsSource`1._perTenant"] = "of the options' type",
        ["LinkShop.Cms.Shell.Options.TenantOptionsSource`1._shared"] = "only what needs no tenant",
        ["LinkShop.Cms.Tests.Shell.ErrorLog.<Lines>k__BackingField"] = "the test's log",
    };

    [Fact]
    public async Task No_singleton_has_a_field_that_could_mix_tenants_up()
    {
        await using var host = await TestHost.StartAsync(whole: true);
        var catalog = host.Services.GetRequiredService<ModuleCatalog>();
        var services = host.Services.GetRequiredService<BlueprintFactory>().Compose(new BlueprintRoot([.. catalog.Features]), out _);
        var unknown = SingletonHunt.Find(services).Except(_known.Keys).ToArray();
        Assert.True(unknown.Length == 0, string.Join("\n", unknown));
    }

    [Fact]
    public void The_hunt_finds_fields_lists_and_inherited_state_but_not_what_cannot_change()
    {
        var services = new ServiceCollection().AddSingleton<Guilty>().AddSingleton<Innocent>();
        Assert.Equal(
            [$"{typeof(GuiltyBase).FullName}._inherited", $"{typeof(Guilty).FullName}._cache", $"{typeof(Guilty).FullName}._last"],
            SingletonHunt.Find(services).OrderBy(n => n.Contains("Base", StringComparison.Ordinal) ? 0 : 1).ThenBy(n => n, StringComparer.Ordinal));
    }

    private class GuiltyBase
    {
        private string? _inherited;

        public override string? ToString() => _inherited ??= "x";
    }

    private sealed class Guilty : GuiltyBase
    {
        private readonly Dictionary<string, string> _cache = [];
        private string? _last;

        public string Get(string key) => _cache[_last = key];
    }

    private sealed class Innocent(IServiceProvider services)
    {
        private const string Name = "x";
        private static readonly string[] _names = [Name];
        private readonly string _name = _names[0];

        public object? Get() => services.GetService(_name.GetType());
    }
}
