using Microsoft.AspNetCore.Http;

namespace OrchardCore.Environment.Shell;

/// <summary>Finds the tenant of a request by host name and first path segment.</summary>
public interface IRunningShellTable
{
    /// <summary>Adds or replaces a tenant.</summary>
    /// <param name="settings">The tenant.</param>
    void Add(ShellSettings settings);

    /// <summary>Removes a tenant.</summary>
    /// <param name="settings">The tenant.</param>
    void Remove(ShellSettings settings);

    /// <summary>The tenant with the most exact match: host and prefix, host, prefix, then neither.</summary>
    /// <param name="host">The request's host.</param>
    /// <param name="path">The request's path.</param>
    /// <param name="fallbackToDefault">True to answer the default tenant when nothing fits and that one is bound to no host and no prefix.</param>
    /// <returns>The tenant, or null.</returns>
    ShellSettings? Match(HostString host, PathString path, bool fallbackToDefault = true);
}
