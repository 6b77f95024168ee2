using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace OrchardCore.Modules;

/// <summary>A startup whose pipeline part is asynchronous.</summary>
public interface IAsyncStartup
{
    /// <summary>Adds middleware and endpoints, after the synchronous part.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="routes">The endpoints.</param>
    /// <param name="serviceProvider">Services that do not depend on a tenant.</param>
    ValueTask ConfigureAsync(IApplicationBuilder builder, IEndpointRouteBuilder routes, IServiceProvider serviceProvider);
}
