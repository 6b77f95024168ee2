using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OrchardCore.Modules;

/// <summary>Base of the startup classes of modules.</summary>
public abstract class StartupBase : IStartup, IAsyncStartup
{
    /// <inheritdoc />
    public virtual int Order => 0;

    /// <inheritdoc />
    public virtual int ConfigureOrder => Order;

    /// <inheritdoc />
    public virtual void ConfigureServices(IServiceCollection services)
    {
    }

    /// <inheritdoc />
    public virtual void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
    }

    /// <inheritdoc />
    public virtual ValueTask ConfigureAsync(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => default;
}
