using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using LinkShop.Cms.Shell.Catalog;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;

namespace LinkShop.Cms.Shell.Blueprints;

/// <summary>One container, route table and pipeline for all tenants with the same features.</summary>
internal sealed class Blueprint(string key, FeatureEntry[] features, ServiceProvider services, IReadOnlyList<IStartup> startups) : IAsyncDisposable
{
    private readonly SemaphoreSlim _building = new(1, 1);
    private volatile RequestDelegate? _pipeline;

    internal string Key { get; } = key;

    internal FeatureEntry[] Features { get; } = features;

    internal IServiceProvider Services => services;

    internal RequestDelegate? Pipeline => _pipeline;

    /// <summary>Builds the pipeline on first use. No tenant is current meanwhile: what is built here serves all of them.</summary>
    internal async ValueTask<RequestDelegate> GetPipelineAsync()
    {
        if (_pipeline is { } ready) return ready;
        await _building.WaitAsync();
        try
        {
            return _pipeline ??= await BuildAsync();
        }
        finally
        {
            _building.Release();
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<RequestDelegate> BuildAsync()
    {
        using var none = ShellScope.Suppress();
        await using var scope = services.CreateAsyncScope();
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        var ordered = startups.OrderBy(s => s.ConfigureOrder).ToArray();
        app.UseEndpoints(routes =>
        {
            foreach (var startup in ordered)
            {
                startup.Configure(app, routes, scope.ServiceProvider);
                if (startup is not IAsyncStartup asynchronous) continue;
                var task = asynchronous.ConfigureAsync(app, routes, scope.ServiceProvider);
                // the framework builds endpoints in a synchronous callback; genuinely asynchronous parts are rare and run before any request
                if (!task.IsCompletedSuccessfully) task.AsTask().GetAwaiter().GetResult();
            }
        });
        return app.Build();
    }
}
