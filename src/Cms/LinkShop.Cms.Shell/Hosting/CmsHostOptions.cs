using System.Reflection;
using LinkShop.Cms.Shell.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrchardCore.Modules;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>What the application asked of the host when it was built.</summary>
internal sealed class CmsHostOptions
{
    private readonly List<Func<IServiceProvider, IStartup>> _startups = [];

    /// <summary>The modules; null to take those listed in the entry assembly.</summary>
    internal IReadOnlyList<Assembly>? Assemblies { get; set; }

    /// <summary>Features every tenant has, besides those whose manifest says so.</summary>
    internal HashSet<string> TenantFeatures { get; } = new(StringComparer.Ordinal);

    /// <summary>Features of tenants that are not set up yet.</summary>
    internal HashSet<string> SetupFeatures { get; } = new(StringComparer.Ordinal);

    /// <summary>The modules that the application names, which a test may run in its own process.</summary>
    internal IEnumerable<Assembly> FindAssemblies(IHostEnvironment environment) => Assemblies ?? ModuleDiscovery.Find(Assembly.Load(new AssemblyName(environment.ApplicationName)));

    internal void AddStartup(Func<IServiceProvider, IStartup> startup) => _startups.Add(startup);

    internal IEnumerable<IStartup> CreateStartups(IServiceProvider host) => _startups.Select(s => s(host));
}

/// <summary>A startup made of delegates given to the builder.</summary>
internal sealed class DelegateStartup(int order, Action<IServiceCollection>? services, Action<IApplicationBuilder, IEndpointRouteBuilder, IServiceProvider>? configure) : StartupBase
{
    public override int Order => order;

    public override void ConfigureServices(IServiceCollection collection) => services?.Invoke(collection);

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) => configure?.Invoke(app, routes, serviceProvider);
}
