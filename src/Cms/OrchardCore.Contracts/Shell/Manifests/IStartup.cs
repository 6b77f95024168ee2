using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OrchardCore.Modules;

/// <summary>What a feature adds to a tenant: services, middleware and endpoints.</summary>
public interface IStartup
{
    /// <summary>Position among the startups when services are registered; lower first, features' order within.</summary>
    int Order { get; }

    /// <summary>Position among the startups when the pipeline is built.</summary>
    int ConfigureOrder { get; }

    /// <summary>Registers services.</summary>
    /// <param name="services">The tenant's services so far.</param>
    void ConfigureServices(IServiceCollection services);

    /// <summary>Adds middleware and endpoints. Runs once for all tenants with the same features, without a tenant.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="routes">The endpoints.</param>
    /// <param name="serviceProvider">Services that do not depend on a tenant.</param>
    void Configure(IApplicationBuilder builder, IEndpointRouteBuilder routes, IServiceProvider serviceProvider);
}
