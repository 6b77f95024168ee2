using System.Text.Json.Nodes;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using LinkShop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using Xunit;

namespace LinkShop.Cms.Tests.Content;

/// <summary>A host with the content features, and running tenants on it.</summary>
internal sealed class ContentSite : IAsyncDisposable
{
    private static readonly string[] Features =
        ["OrchardCore.Contents", "OrchardCore.ContentTypes", "OrchardCore.Title", "OrchardCore.Autoroute", "OrchardCore.Markdown", "OrchardCore.ContentFields"];

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly ShellHost _host;

    private ContentSite(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        _host = app.Services.GetRequiredService<ShellHost>();
    }

    public static async Task<ContentSite> CreateAsync(string database, Action<IServiceCollection>? services = null, params string[] tenants)
    {
        if (database == "postgres" && PostgresCluster.WhyNot is { } reason)
            Assert.Skip(reason);
        var connection = database == "postgres" ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
        return await StartAsync(Directory.CreateTempSubdirectory("linkshop-site-").FullName, connection, services, tenants);
    }

    /// <summary>Another process on the same database, as far as one process can play two.</summary>
    public Task<ContentSite> StartAnotherAsync() =>
        StartAsync(_folder, _app.Configuration["LinkShop:Database:ConnectionString"], null, [.. _host.GetAllSettings().Select(settings => settings.Name)]);

    /// <summary>From here on the tenant counts as one that is being set up.</summary>
    public Task BeginSetUpAsync(string tenant) => _host.UpdateShellSettingsAsync(new ShellSettings(_host.GetSettings(tenant)).AsInitializing());

    public async Task RunAsync(string tenant, Func<IServiceProvider, Task> work)
    {
        using (ShellScope.Suppress())
        {
            Assert.True(_host.TryGetSettings(tenant, out var settings));
            await (await _host.GetScopeAsync(settings!)).UsingAsync(scope => work(scope.ServiceProvider));
        }
    }

    public async Task<T> RunAsync<T>(string tenant, Func<IServiceProvider, Task<T>> work)
    {
        T result = default!;
        await RunAsync(tenant, async services => { result = await work(services); });
        return result;
    }

    /// <summary>Runs a recipe step as the executor does: errors undo it.</summary>
    public async Task<IList<string>> RunStepAsync(string tenant, string json)
    {
        var step = JsonNode.Parse(json)!.AsObject();
        var context = new RecipeExecutionContext { Name = step["name"]!.GetValue<string>(), Step = step };
        await RunAsync(tenant, async services =>
        {
            foreach (var handler in services.GetServices<IRecipeStepHandler>())
                await handler.ExecuteAsync(context);
            if (context.Errors.Count > 0)
                await services.GetRequiredService<YesSql.ISession>().CancelAsync();
        });
        return context.Errors;
    }

    public async ValueTask DisposeAsync()
    {
        var isSqlite = _app.Configuration["LinkShop:Database:Provider"] == "Sqlite";
        await _app.DisposeAsync();
        if (isSqlite && Directory.Exists(_folder))
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<ContentSite> StartAsync(string folder, string? connection, Action<IServiceCollection>? services, string[] tenants)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkShop:DataPath"] = folder,
            ["LinkShop:Database:Provider"] = connection is null ? "Sqlite" : "Postgres",
            ["LinkShop:Database:ConnectionString"] = connection,
        });
        builder.Services.AddOrchardCms(cms =>
        {
            cms.Options.Assemblies = [typeof(ICmsDatabase).Assembly, typeof(LinkShop.Cms.Content.Startup).Assembly];
            cms.ConfigureServices(services ?? (_ => { }));
            cms.ConfigureServices(tenant => tenant.AddControllersWithViews());
        });
        var site = new ContentSite(builder.Build(), folder);
        await site._host.InitializeAsync();
        foreach (var name in tenants.Length > 0 ? tenants : ["Default"])
        {
            if (site._host.TryGetSettings(name, out _))
                continue;
            var settings = new ShellSettings { Name = name, RequestUrlPrefix = name == "Default" ? null : name.ToLowerInvariant() };
            await site._host.UpdateShellSettingsAsync(settings.AsRunning());
            await site._host.UpdateFeaturesAsync(settings, new ShellFeatureState(Features, Features));
        }

        return site;
    }
}
