using System.Net;
using System.Reflection;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Tests.Shell;

/// <summary>The shell alone, with this assembly as its module, on a real server.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private TestHost(WebApplication app, string folder, bool ownsFolder, ErrorLog log)
    {
        _app = app;
        Log = log;
        Folder = folder;
        _ownsFolder = ownsFolder;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    internal string Folder { get; }

    internal ErrorLog Log { get; }

    internal HttpClient Client { get; }

    internal IServiceProvider Services => _app.Services;

    internal ShellHost Host => Services.GetRequiredService<ShellHost>();

    internal static async Task<TestHost> StartAsync(
        string? folder = null, Dictionary<string, string?>? settings = null, Action<OrchardCoreBuilder>? configure = null, string? postgres = null, bool whole = false)
    {
        var owns = folder is null;
        folder ??= Directory.CreateTempSubdirectory("linkshop-shell-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = "Production" });
        var log = new ErrorLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        if (postgres is not null)
        {
            builder.Configuration["LinkShop:Database:Provider"] = "Postgres";
            builder.Configuration["LinkShop:Database:ConnectionString"] = postgres;
        }
        var cms = builder.Services.AddOrchardCms();
        cms.Options.Assemblies = whole
            ? [typeof(ShellHost).Assembly, Assembly.Load("LinkShop.Cms.Content"), Assembly.Load("LinkShop.Cms.Display"), Assembly.Load("LinkShop.Cms.Admin")]
            : [typeof(ShellHost).Assembly, Assembly.GetExecutingAssembly()];
        configure?.Invoke(cms);
        var app = builder.Build();
        app.UseOrchardCore();
        await app.StartAsync();
        return new TestHost(app, folder, owns, log);
    }

    /// <summary>Adds a running tenant with the given features.</summary>
    internal async Task<ShellSettings> AddTenantAsync(string name, string? prefix, params string[] features)
    {
        var settings = new ShellSettings { Name = name, TenantId = Guid.NewGuid().ToString("n"), RequestUrlPrefix = prefix };
        await Host.UpdateShellSettingsAsync(settings.AsRunning());
        await Host.UpdateFeaturesAsync(settings, new ShellFeatureState(features, features));
        return settings;
    }

    internal async Task InTenantAsync(string name, Func<IServiceProvider, Task> work)
        => await (await Host.GetScopeAsync(name)).UsingAsync(scope => work(scope.ServiceProvider));

    internal async Task<string> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {string.Join("\n", Log.Lines)}");
        return await response.Content.ReadAsStringAsync();
    }

    internal async Task<HttpStatusCode> StatusAsync(string path, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (host is not null) request.Headers.Host = host;
        using var response = await Client.SendAsync(request);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (!_ownsFolder) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, true);
    }
}
