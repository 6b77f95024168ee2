using System.Net;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Admin;
using OrchardCore.Environment.Shell;
using OrchardCore.Themes.Services;

namespace LinkShop.Cms.Tests.Display;

/// <summary>The whole host with a sample module and a sample theme, on a real server. Tenants: Default at /, "one" at /one (both with the theme), "bare" at /bare.</summary>
public sealed class DisplayHost : IAsyncLifetime
{
    private static readonly string[] _features = ["LinkShop.Samples.Module", "LinkShop.Samples.Theme", "OrchardCore.Users"];
    private readonly string _folder = Directory.CreateTempSubdirectory("linkshop-display-").FullName;
    private WebApplication? _app;

    internal Shell.ErrorLog Log { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    internal ShellHost Host => _app!.Services.GetRequiredService<ShellHost>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder, EnvironmentName = "Production" });
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var cms = builder.Services.AddOrchardCms();
        cms.Options.Assemblies =
        [
            typeof(ShellHost).Assembly,
            typeof(LinkShop.Cms.Content.Startup).Assembly,
            typeof(LinkShop.Cms.Display.MvcStartup).Assembly,
            typeof(LinkShop.Cms.Admin.SettingsStartup).Assembly,
            typeof(Samples.Module.Startup).Assembly,
            System.Reflection.Assembly.Load("LinkShop.Samples.Theme"),
        ];
        _app = builder.Build();
        _app.UseOrchardCore();
        await _app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
        await AddTenantAsync("Default", null, _features);
        await AddTenantAsync("one", "one", _features);
        await AddTenantAsync("bare", "bare", "LinkShop.Samples.Module");
        foreach (var tenant in new[] { "Default", "one" })
        {
            await InTenantAsync(tenant, async services =>
            {
                await services.GetRequiredService<ISiteThemeService>().SetSiteThemeAsync("LinkShop.Samples.Theme");
                await services.GetRequiredService<IAdminThemeService>().SetAdminThemeAsync("LinkShop.Samples.Theme");
            });
        }
    }

    internal async Task AddTenantAsync(string name, string? prefix, params string[] features)
    {
        var settings = Host.TryGetSettings(name, out var known) ? known : new ShellSettings { Name = name, TenantId = Guid.NewGuid().ToString("n"), RequestUrlPrefix = prefix };
        await Host.UpdateShellSettingsAsync(settings.AsRunning());
        await Host.UpdateFeaturesAsync(settings, new ShellFeatureState(features, features));
    }

    internal async Task InTenantAsync(string name, Func<IServiceProvider, Task> work)
        => await (await Host.GetScopeAsync(name)).UsingAsync(scope => work(scope.ServiceProvider));

    internal async Task<string> GetAsync(string path, string? language = null)
    {
        var (status, body, _) = await SendAsync(path, language);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body} {string.Join('\n', Log.Lines)}");
        return body;
    }

    internal async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> SendAsync(string path, string? language = null, string? cookie = null, HttpMethod? method = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Content = content };
        if (language is not null)
            request.Headers.Add("Accept-Language", language);

        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);

        var response = await Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, true);
    }
}
