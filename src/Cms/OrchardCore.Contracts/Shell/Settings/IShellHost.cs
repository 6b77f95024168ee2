using System.Diagnostics.CodeAnalysis;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;

namespace OrchardCore.Environment.Shell;

/// <summary>Holds the tenants of this process and opens scopes on them. Changes reach other processes within a second.</summary>
public interface IShellHost
{
    /// <summary>Loads the tenants' settings; the first caller does it, the others wait.</summary>
    Task InitializeAsync();

    /// <summary>The live state of a tenant, made when it is not there yet.</summary>
    /// <param name="settings">The tenant.</param>
    Task<ShellContext> GetOrCreateShellContextAsync(ShellSettings settings);

    /// <summary>Opens a scope on a tenant; run it with <see cref="ShellScope.UsingAsync"/>.</summary>
    /// <param name="settings">The tenant.</param>
    Task<ShellScope> GetScopeAsync(ShellSettings settings);

    /// <summary>Stores changed settings and applies them.</summary>
    /// <param name="settings">The changed settings.</param>
    Task UpdateShellSettingsAsync(ShellSettings settings);

    /// <summary>Forgets a tenant's settings everywhere.</summary>
    /// <param name="settings">The tenant.</param>
    Task RemoveShellSettingsAsync(ShellSettings settings);

    /// <summary>Reads a tenant's settings again and drops its live state.</summary>
    /// <param name="settings">The tenant.</param>
    /// <param name="eventSource">True when other processes must do the same.</param>
    Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true);

    /// <summary>Drops a tenant's live state, so that changed features and options are seen; running scopes end undisturbed.</summary>
    /// <param name="settings">The tenant.</param>
    /// <param name="eventSource">True when other processes must do the same.</param>
    Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true);

    /// <summary>The tenants that have live state.</summary>
    IEnumerable<ShellContext> ListShellContexts();

    /// <summary>Finds a tenant's settings by name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="settings">The settings, when found.</param>
    bool TryGetSettings(string name, [MaybeNullWhen(false)] out ShellSettings settings);

    /// <summary>All tenants' settings.</summary>
    IEnumerable<ShellSettings> GetAllSettings();
}
