using Microsoft.AspNetCore.Http;

namespace OrchardCore;

/// <summary>Carries helpers of modules, as extension methods, into templates and controllers.</summary>
public interface IOrchardHelper
{
    /// <summary>The request.</summary>
    HttpContext HttpContext { get; }
}
