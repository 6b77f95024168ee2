using LinkShop.Cms.Shell.Database;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Hosting;

internal sealed class ShellSettingsManager(ShellStore store, IConfiguration configuration) : IShellSettingsManager
{
    public ShellSettings CreateDefaultSettings()
    {
        var settings = new ShellSettings { TenantId = Guid.NewGuid().ToString("n"), VersionId = Guid.NewGuid().ToString("n") };
        // values for every tenant, as Orchard reads them from its own section
        foreach (var value in configuration.GetSection("OrchardCore").GetChildren().Where(c => c.Value is not null)) settings[value.Key] = value.Value;
        return settings;
    }

    public async Task<IEnumerable<ShellSettings>> LoadSettingsAsync() => (await store.LoadAllAsync()).Select(s => s.Settings).ToArray();

    public async Task<IEnumerable<string>> LoadSettingsNamesAsync() => (await store.LoadVersionsAsync()).Keys.ToArray();

    public async Task<ShellSettings> LoadSettingsAsync(string tenant)
        => (await store.LoadAsync(tenant))?.Settings ?? throw new InvalidOperationException($"There is no tenant named '{tenant}'.");

    public Task SaveSettingsAsync(ShellSettings settings) => store.SaveAsync(TenantNames.Check(settings));

    public Task RemoveSettingsAsync(ShellSettings settings) => store.RemoveAsync(settings.Name);
}
