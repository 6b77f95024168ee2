using OrchardCore.Environment.Shell.Models;

namespace OrchardCore.Environment.Shell;

/// <summary>Questions about a tenant's state, and moves to another one (not stored until the settings are saved).</summary>
public static class ShellSettingsExtensions
{
    /// <summary>Whether it is the tenant that every application has.</summary>
    /// <param name="settings">The tenant.</param>
    public static bool IsDefaultShell(this ShellSettings settings) => settings is { Name: ShellSettings.DefaultShellName };

    /// <summary>Whether it waits for its set-up.</summary>
    /// <param name="settings">The tenant.</param>
    public static bool IsUninitialized(this ShellSettings settings) => settings is { State: TenantState.Uninitialized };

    /// <summary>Whether it is being set up.</summary>
    /// <param name="settings">The tenant.</param>
    public static bool IsInitializing(this ShellSettings settings) => settings is { State: TenantState.Initializing };

    /// <summary>Whether it serves.</summary>
    /// <param name="settings">The tenant.</param>
    public static bool IsRunning(this ShellSettings settings) => settings is { State: TenantState.Running };

    /// <summary>Whether it is switched off.</summary>
    /// <param name="settings">The tenant.</param>
    public static bool IsDisabled(this ShellSettings settings) => settings is { State: TenantState.Disabled };

    /// <summary>Whether its set-up has been done.</summary>
    /// <param name="settings">The tenant.</param>
    public static bool IsInitialized(this ShellSettings settings) => settings is { State: TenantState.Running or TenantState.Disabled };

    /// <summary>Whether it may be removed: it does not serve and is not the default tenant.</summary>
    /// <param name="settings">The tenant.</param>
    public static bool IsRemovable(this ShellSettings settings)
        => settings is { State: TenantState.Uninitialized or TenantState.Disabled } && !settings.IsDefaultShell();

    /// <summary>Whether it answers only below a path prefix; with one given, whether that is its prefix.</summary>
    /// <param name="settings">The tenant.</param>
    /// <param name="urlPrefix">The prefix to compare with.</param>
    public static bool HasUrlPrefix(this ShellSettings settings, string urlPrefix)
        => string.Equals(settings.RequestUrlPrefix ?? "", urlPrefix?.Trim(' ', '/') ?? "", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it answers at a host name.</summary>
    /// <param name="settings">The tenant.</param>
    /// <param name="urlHost">The host name to look for.</param>
    public static bool HasUrlHost(this ShellSettings settings, string urlHost)
        => settings.RequestUrlHosts.Contains(urlHost, StringComparer.OrdinalIgnoreCase);

    /// <summary>Waiting for set-up.</summary>
    /// <param name="settings">The tenant.</param>
    public static ShellSettings AsUninitialized(this ShellSettings settings) => Move(settings, TenantState.Uninitialized);

    /// <summary>Being set up.</summary>
    /// <param name="settings">The tenant.</param>
    public static ShellSettings AsInitializing(this ShellSettings settings) => Move(settings, TenantState.Initializing);

    /// <summary>Serving.</summary>
    /// <param name="settings">The tenant.</param>
    public static ShellSettings AsRunning(this ShellSettings settings) => Move(settings, TenantState.Running);

    /// <summary>Switched off.</summary>
    /// <param name="settings">The tenant.</param>
    public static ShellSettings AsDisabled(this ShellSettings settings) => Move(settings, TenantState.Disabled);

    private static ShellSettings Move(ShellSettings settings, TenantState state)
    {
        settings.State = state;
        return settings;
    }
}
