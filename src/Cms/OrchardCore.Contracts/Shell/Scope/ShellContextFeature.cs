using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell.Builders;

namespace OrchardCore.Environment.Shell;

/// <summary>On <see cref="HttpContext.Features"/>: the request's tenant, and the path as it came in.</summary>
public class ShellContextFeature
{
    /// <summary>The tenant.</summary>
    public ShellContext ShellContext { get; set; } = null!;

    /// <summary>The path base before the tenant's prefix was moved to it.</summary>
    public PathString OriginalPathBase { get; set; }

    /// <summary>The path before the tenant's prefix was taken off.</summary>
    public PathString OriginalPath { get; set; }
}
