using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Cms.Tests.Shell;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Tests.Admin;

/// <summary>The whole host with two tenants that a recipe has set up: <c>Default</c> at <c>/</c> and <c>Cards</c> at <c>/cards</c>.</summary>
public sealed class AdminSite : IAsyncLifetime
{
    public const string AdminPassword = "correct horse 1";
    public const string UserPassword = "correct horse 2";

    internal TestHost Host { get; private set; } = null!;

    public ValueTask InitializeAsync() => StartAsync(null);

    internal static async Task<AdminSite> OnPostgresAsync()
    {
        if (PostgresCluster.WhyNot is { } reason) Assert.Skip(reason);
        var site = new AdminSite();
        await site.StartAsync(await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync());
        return site;
    }

    internal Browser Browse(string prefix = "") => new(Host.Client.BaseAddress!, prefix);

    internal async Task<Browser> SignedInAsync(string userName = "admin", string password = AdminPassword, string prefix = "")
    {
        var browser = Browse(prefix);
        using var response = await browser.SignInAsync(userName, password);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return browser;
    }

    /// <summary>A user with a name of its own, so that tests don't meet.</summary>
    internal async Task<string> AddUserAsync(string tenant = "Default", params string[] roles)
    {
        var name = "user" + Guid.NewGuid().ToString("n")[..8];
        await Host.InTenantAsync(tenant, async services =>
        {
            var errors = new List<string>();
            var user = new User { UserName = name, Email = name + "@example.com", RoleNames = [.. roles] };
            await services.GetRequiredService<IUserService>().CreateUserAsync(user, UserPassword, (_, message) => errors.Add(message));
            Assert.Empty(errors);
        });
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        var folder = Host.Folder;
        await Host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(folder)) Directory.Delete(folder, true);
    }

    private async ValueTask StartAsync(string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-admin-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "recipes"));
        await File.WriteAllTextAsync(Path.Combine(folder, "recipes", "first.recipe.json"), AdminRecipe.Text("first", "\"OrchardCore.Tenants\","));
        await File.WriteAllTextAsync(Path.Combine(folder, "recipes", "shop.recipe.json"), AdminRecipe.Text("shop", ""));
        const string tenants = "OrchardCore:OrchardCore_AutoSetup:Tenants:";
        Dictionary<string, string?> settings = new()
        {
            ["LinkShop:Localization:DefaultCulture"] = "en",
            [tenants + "0:ShellName"] = "Default",
            [tenants + "0:RecipeName"] = "first",
            [tenants + "0:AdminPassword"] = AdminPassword,
            [tenants + "1:ShellName"] = "Cards",
            [tenants + "1:RecipeName"] = "shop",
            [tenants + "1:RequestUrlPrefix"] = "cards",
            [tenants + "1:AdminPassword"] = AdminPassword,
        };
        Host = await TestHost.StartAsync(folder, settings, cms => cms.AddSetupFeatures("OrchardCore.AutoSetup"), postgres, whole: true);
    }
}

/// <summary>A visitor: keeps cookies, follows no redirect, and sends the anti-forgery token of the page that a form is on.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _prefix;

    internal Browser(Uri address, string prefix)
    {
        _prefix = prefix;
        Cookies = new CookieContainer();
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    internal CookieContainer Cookies { get; }

    internal Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(_prefix + path);

    internal async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    internal async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await GetAsync(path);
        return response.StatusCode;
    }

    internal Task<HttpResponseMessage> SignInAsync(string userName, string password, string? returnUrl = null)
        => PostAsync("/Login", "/Login", ("UserName", userName), ("Password", password), ("ReturnUrl", returnUrl ?? ""));

    internal async Task<HttpResponseMessage> PostAsync(string path, string formPage, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await ReadAsync(formPage)).Groups[1].Value;
        return await PostWithoutTokenAsync(path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    internal async Task<HttpResponseMessage> PostWithoutTokenAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _client.PostAsync(_prefix + path, content);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
