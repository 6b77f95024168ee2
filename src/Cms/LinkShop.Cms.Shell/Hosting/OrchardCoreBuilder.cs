using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Modules;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What an application adds to the host and to every tenant.</summary>
public sealed class OrchardCoreBuilder
{
    private readonly CmsHostOptions _options;

    internal OrchardCoreBuilder(IServiceCollection services, CmsHostOptions options)
    {
        ApplicationServices = services;
        _options = options;
    }

    /// <summary>The services of the host.</summary>
    public IServiceCollection ApplicationServices { get; }

    internal CmsHostOptions Options => _options;

    /// <summary>Adds a startup to every tenant.</summary>
    /// <typeparam name="T">The startup.</typeparam>
    public OrchardCoreBuilder RegisterStartup<T>()
        where T : class, IStartup
    {
        _options.AddStartup(host => ActivatorUtilities.CreateInstance<T>(host));
        return this;
    }

    /// <summary>Adds services to every tenant.</summary>
    /// <param name="configure">Registers them.</param>
    /// <param name="order">Position among the startups; modules have 0 by default.</param>
    public OrchardCoreBuilder ConfigureServices(Action<IServiceCollection> configure, int order = 0)
    {
        _options.AddStartup(_ => new DelegateStartup(order, configure, null));
        return this;
    }

    /// <summary>Adds to every tenant's pipeline.</summary>
    /// <param name="configure">Adds middleware and endpoints.</param>
    /// <param name="order">Position among the startups; modules have 0 by default.</param>
    public OrchardCoreBuilder Configure(Action<IApplicationBuilder, IEndpointRouteBuilder, IServiceProvider> configure, int order = 0)
    {
        _options.AddStartup(_ => new DelegateStartup(order, null, configure));
        return this;
    }

    /// <summary>Adds to every tenant's pipeline.</summary>
    /// <param name="configure">Adds middleware.</param>
    /// <param name="order">Position among the startups; modules have 0 by default.</param>
    public OrchardCoreBuilder Configure(Action<IApplicationBuilder> configure, int order = 0) => Configure((app, _, _) => configure(app), order);

    /// <summary>Gives every tenant a feature.</summary>
    /// <param name="id">The feature's id.</param>
    public OrchardCoreBuilder EnableFeature(string id)
    {
        _options.TenantFeatures.Add(id);
        return this;
    }
}
