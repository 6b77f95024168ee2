using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Web.Tests.Shops;

/// <summary>One route of a shop: a method and an address that leads to it, with made-up values in it.</summary>
public sealed record ShopRoute(string Method, string Path, string Name)
{
    /// <summary>Where a text of the address's own stands in <see cref="Template"/>.</summary>
    public const string Text = "\u0001";

    /// <summary>Where a number does.</summary>
    public const string Number = "\u0002";

    /// <summary>The address with its values left open.</summary>
    public string Template { get; init; } = Path;

    /// <summary>Whether it shows something, whatever the method.</summary>
    public bool IsPage { get; init; }
}

/// <summary>The whole application in this process, with two shops, so that the routes can be taken from the running table and none is forgotten.</summary>
public partial class ShopRoutes : IAsyncLifetime
{
    public const string Password = "Long enough 1";
    private readonly string _folder = Directory.CreateTempSubdirectory("linkshop-routes-").FullName;
    private Application _application = null!;

    /// <summary>The name server that the platform asks about domains.</summary>
    internal DnsServer Dns { get; } = new();

    /// <summary>Where the files of the application are.</summary>
    internal string Folder => _folder;

    public IReadOnlyList<ShopRoute> Routes { get; private set; } = [];

    /// <summary>Tenants of the two shops, by address.</summary>
    public Dictionary<string, string> Shops { get; } = [];

    /// <summary>Why this database can't be had here; null when it can. Each test asks first.</summary>
    public virtual string? WhyNot => null;

    /// <summary>Where all rows are; null for SQLite in the folder.</summary>
    protected virtual Task<string?> ConnectionStringAsync() => Task.FromResult<string?>(null);

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null)
            return;
        _application = new(_folder, Dns.Address, await ConnectionStringAsync());
        using var first = CreateClient();
        foreach (var slug in new[] { "ann", "bob" })
            Shops[slug] = await OpenAsync(slug);
        using var page = await first.GetAsync(new Uri("http://localhost/ann"));
        page.EnsureSuccessStatusCode();
        Routes = await OfTenantAsync(Shops["ann"]);
    }

    /// <summary>All routes of a tenant, as its own table has them.</summary>
    public async Task<IReadOnlyList<ShopRoute>> OfTenantAsync(string tenant)
    {
        IReadOnlyList<ShopRoute> routes = [];
        await InAsync(tenant, services =>
        {
            routes = [.. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Of).DistinctBy(r => (r.Method, r.Path))];
            return Task.CompletedTask;
        });
        return routes;
    }

    /// <summary>A client that keeps and follows nothing.</summary>
    public HttpClient CreateClient() => _application.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>Gives somebody an account in a shop.</summary>
    private Task AddUserAsync(string slug, string name, params string[] roles) => InAsync(Shops[slug], async services =>
    {
        var user = new User { UserName = name, Email = name + "@test.example", EmailConfirmed = true, RoleNames = [.. roles] };
        await services.GetRequiredService<IUserService>().CreateUserAsync(user, Password, (key, message) => Assert.Fail($"{key}: {message}"));
    });

    /// <summary>The same until it is disposed: a shop's plan has few seats.</summary>
    public async Task<IAsyncDisposable> StaffAsync(string slug, string name, params string[] roles)
    {
        await AddUserAsync(slug, name, roles);
        return new Staff(this, Shops[slug], name);
    }

    /// <summary>Signs somebody in and gives the cookies, as a browser would send them.</summary>
    public async Task<string> SignInAsync(string prefix, string user, string password = Password)
    {
        using var client = CreateClient();
        using var page = await client.GetAsync(new Uri($"http://localhost{prefix}/Login"));
        var jar = page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).ToList();
        var form = Goods.ShopAdmin.FieldsOf(await page.Content.ReadAsStringAsync());
        form["UserName"] = user;
        form["Password"] = password;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost{prefix}/Login")) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Cookie", string.Join("; ", jar));
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
    }

    /// <summary>The token that makes forms good for who has these cookies, and the cookies with the half that belongs to it.</summary>
    public async Task<(string Cookies, string Token)> TokenAsync(string prefix, string cookies, string at = "/Admin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://localhost{prefix}{at}"));
        request.Headers.Add("Cookie", cookies);
        using var client = CreateClient();
        using var page = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var half = page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : [];
        return (string.Join("; ", half.Prepend(cookies)), Goods.ShopAdmin.FieldsOf(await page.Content.ReadAsStringAsync())["__RequestVerificationToken"]);
    }

    public async Task InAsync(string tenant, Func<IServiceProvider, Task> work)
    {
        var host = _application.Services.GetRequiredService<IShellHost>();
        await (await host.GetScopeAsync(host.GetSettings(tenant))).UsingAsync(scope => work(scope.ServiceProvider));
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        GC.SuppressFinalize(this);
        Dns.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> OpenAsync(string slug)
    {
        var shop = "";
        await InAsync(ShellSettings.DefaultShellName, async services =>
        {
            var owner = new User { UserName = slug, Email = slug + "@test.example", EmailConfirmed = true };
            await services.GetRequiredService<IUserService>().CreateUserAsync(owner, Password, (key, message) => Assert.Fail($"{key}: {message}"));
            var claim = new ShopClaim(slug, "Shop of " + slug, "other", new ShopOwner(owner.UserId, slug, owner.Email));
            var opened = await services.GetRequiredService<ShopOpening>().OpenAsync(new ShopWish(claim, new ShopBrand()), limited: true);
            Assert.True(opened.Succeeded, opened.Error?.Message);
            shop = opened.Value.Shop;
        });
        return shop;
    }

    private static IEnumerable<ShopRoute> Of(RouteEndpoint endpoint)
    {
        // the pages of content items: one pattern for whatever path they have
        if (endpoint.RoutePattern.RawText?.Contains("**", StringComparison.Ordinal) == true) return [];
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["GET", "POST"];
        var (path, template) = (PathOf(endpoint, open: false), PathOf(endpoint, open: true));
        return methods.Where(m => m is "GET" or "POST" or "PUT" or "DELETE").Select(m => new ShopRoute(m, path, endpoint.DisplayName ?? path) { Template = template, IsPage = methods.Contains("GET") });
    }

    private static string PathOf(RouteEndpoint endpoint, bool open) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => Fill(endpoint, p, open)))).Where(s => s.Length > 0));

    private static string Fill(RouteEndpoint endpoint, RoutePatternPart part, bool open)
    {
        if (part is RoutePatternLiteralPart literal) return literal.Content;
        if (part is RoutePatternSeparatorPart separator) return separator.Content;
        var parameter = (RoutePatternParameterPart)part;
        if (endpoint.RoutePattern.RequiredValues.TryGetValue(parameter.Name, out var required) && required is string { Length: > 0 } value) return value;
        if (parameter.Default is string given) return given;
        var isNumber = parameter.ParameterPolicies.Any(p => Numbers().IsMatch(p.Content ?? "")) || parameter.Name is "pool" or "poolId" or "key";
        var isGuid = parameter.ParameterPolicies.Any(p => p.Content == "guid");
        if (open) return isNumber ? ShopRoute.Number : ShopRoute.Text;
        return isGuid ? "01890000-0000-7000-8000-000000000000" : isNumber ? "1" : "x1";
    }

    private sealed class Staff(ShopRoutes shops, string tenant, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await shops.InAsync(tenant, async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            await users.DeleteAsync((await users.FindByNameAsync(name))!);
        });
    }

    private sealed class Application(string folder, string dns, string? postgres) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("LinkShop:DataPath", folder);
            if (postgres is not null)
            {
                builder.UseSetting("LinkShop:Database:Provider", "Postgres");
                builder.UseSetting("LinkShop:Database:ConnectionString", postgres);
            }

            builder.UseSetting("LinkShop:RateLimits:Enabled", "false");
            builder.UseSetting("LinkShop:Shops:DnsServer", dns);
            builder.UseSetting("OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute", "10000");
            builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword", LinkShop.Testing.LinkShopServer.AdminPassword);
        }
    }

    [GeneratedRegex("^(int|long)$")]
    private static partial Regex Numbers();
}

/// <summary>The same on PostgreSQL, once for all tests there.</summary>
public sealed class PostgresShopRoutes : ShopRoutes
{
    public override string? WhyNot => PostgresCluster.WhyNot;

    protected override async Task<string?> ConnectionStringAsync() => await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync();
}

[CollectionDefinition("shops in this process on PostgreSQL")]
public sealed class PostgresShopTests : ICollectionFixture<PostgresShopRoutes>;

/// <summary>Classes that share one application on SQLite: starting one takes longer than they do.</summary>
[CollectionDefinition("shops in this process")]
public sealed class SqliteShopTests : ICollectionFixture<ShopRoutes>;
