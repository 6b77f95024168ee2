namespace OrchardCore.Environment.Shell;

/// <summary>Loads and stores tenants' settings.</summary>
public interface IShellSettingsManager
{
    /// <summary>Settings for a new tenant, with the configured defaults. Not stored.</summary>
    ShellSettings CreateDefaultSettings();

    /// <summary>All tenants as stored.</summary>
    Task<IEnumerable<ShellSettings>> LoadSettingsAsync();

    /// <summary>All tenants' names.</summary>
    Task<IEnumerable<string>> LoadSettingsNamesAsync();

    /// <summary>One tenant as stored.</summary>
    /// <param name="tenant">Its name.</param>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    Task<ShellSettings> LoadSettingsAsync(string tenant);

    /// <summary>Stores a tenant. Use <see cref="IShellHost.UpdateShellSettingsAsync"/> for one that is in use.</summary>
    /// <param name="settings">What to store.</param>
    Task SaveSettingsAsync(ShellSettings settings);

    /// <summary>Removes a tenant's settings.</summary>
    /// <param name="settings">The tenant.</param>
    Task RemoveSettingsAsync(ShellSettings settings);
}
