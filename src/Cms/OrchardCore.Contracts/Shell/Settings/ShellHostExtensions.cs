using OrchardCore.Environment.Shell.Scope;

namespace OrchardCore.Environment.Shell;

/// <summary>Ways to reach a tenant by name.</summary>
public static class ShellHostExtensions
{
    /// <summary>Opens a scope on a tenant.</summary>
    /// <param name="shellHost">The host.</param>
    /// <param name="tenant">The tenant's name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Task<ShellScope> GetScopeAsync(this IShellHost shellHost, string tenant)
        => shellHost.GetScopeAsync(shellHost.GetSettings(tenant));

    /// <summary>A tenant's settings.</summary>
    /// <param name="shellHost">The host.</param>
    /// <param name="name">The tenant's name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ShellSettings GetSettings(this IShellHost shellHost, string name)
        => shellHost.TryGetSettings(name, out var settings) ? settings : throw new ArgumentException($"There is no tenant named '{name}'.", nameof(name));
}
