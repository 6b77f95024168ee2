using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Every route of a shop × who asks: nobody, the other shop's owner, the platform's administrator, the shop's staff, its owner.</summary>
public abstract partial class IsolationMatrixTests(ShopRoutes shops)
{
    // what only the platform changes in a shop
    private static readonly string[] s_platformOnly = ["/Admin/Features", "/Admin/Roles", "/Admin/Recipes", "/Admin/Themes", "/Admin/Tenants", "/Admin/Payments", "/Admin/Fees"];

    [Fact]
    public async Task To_every_route_of_a_shop_the_cookies_of_another_shop_and_of_the_platform_are_those_of_a_stranger()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        Assert.True(shops.Routes.Count > 120, $"{shops.Routes.Count} routes");
        foreach (var page in new[] { "/Admin/Resale/Offers", "/Admin/Resale/Goods", "/Admin/Coupons/Edit" })
            Assert.Contains(shops.Routes, route => route.Path.StartsWith(page, StringComparison.Ordinal));
        await using var staff = await shops.StaffAsync("bob", "bobs-staff", "Owner");
        var (bob, admin) = (await shops.SignInAsync("/bob", "bobs-staff"), await shops.SignInAsync("", LinkShopServer.AdminUser, LinkShopServer.AdminPassword));
        // also under the names that this shop's own cookies have
        string Renamed(string cookies) => Tenant().Replace(cookies, "_" + shops.Shops["ann"] + "=");
        var wrong = new List<string>();
        foreach (var route in shops.Routes)
        {
            var stranger = await AskAsync(route, null);
            foreach (var cookies in new[] { bob, Renamed(bob), admin, Renamed(admin), $"{bob}; {Renamed(bob)}; {admin}" })
            {
                var answer = await AskAsync(route, cookies);
                if (answer != stranger)
                    wrong.Add($"{route.Method} {route.Path}: {stranger} to a stranger, {answer} with foreign cookies");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_stranger_gets_into_no_admin_screen_and_no_form_works_without_its_token_and_nobody_sees_an_error_page()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        await using var first = await shops.StaffAsync("ann", "anns-service", "CustomerService");
        await using var second = await shops.StaffAsync("ann", "anns-partner", "Owner");
        var (service, owner) = (await shops.SignInAsync("/ann", "anns-service"), await shops.SignInAsync("/ann", "anns-partner"));
        var wrong = new List<string>();
        foreach (var route in shops.Routes)
        {
            var isAdmin = route.Path.StartsWith("/Admin", StringComparison.OrdinalIgnoreCase);
            foreach (var (who, cookies) in new[] { ("a stranger", null), ("staff", service), ("the owner", owner) })
            {
                var answer = await AskAsync(route, cookies);
                if (answer.Status >= 500 && route.Name.Contains("Diagnostics", StringComparison.Ordinal) is false)
                    wrong.Add($"{route.Method} {route.Path}: {answer} to {who}");
                if (isAdmin && cookies is null && answer.Status is >= 200 and < 300)
                    wrong.Add($"{route.Method} {route.Path}: {answer} to a stranger");
                if (isAdmin && route.Method != "GET" && answer.Status is >= 200 and < 300)
                    wrong.Add($"{route.Method} {route.Path}: {answer} to {who} without a form's token");
                if (who != "a stranger" && answer.Status is >= 200 and < 300 && Array.Exists(s_platformOnly, p => route.Path.StartsWith(p, StringComparison.OrdinalIgnoreCase)))
                    wrong.Add($"{route.Method} {route.Path}: {answer} to {who}, and it is the platform's");
            }

            if (isAdmin && route.Method == "GET" && (await AskAsync(route, service)).Status == 200 && (await AskAsync(route, owner)).Status != 200)
                wrong.Add($"{route.Path}: staff may, the owner may not");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        // the walk would prove nothing if nobody got anywhere
        Assert.Equal(200, (await AskAsync(new("GET", "/Admin/Orders/Index", ""), service)).Status);
        Assert.Equal(200, (await AskAsync(new("GET", "/Admin/KeyPools/Index", ""), owner)).Status);
        Assert.NotEqual(200, (await AskAsync(new("GET", "/Admin/KeyPools/Index", ""), service)).Status);
    }

    [Theory]
    [InlineData("", "Default")]
    [InlineData("/cards", "GameCards")]
    public async Task To_every_route_of_the_platform_and_of_a_mall_the_cookies_of_a_shops_owner_are_those_of_a_stranger(string prefix, string tenant)
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        using (var client = shops.CreateClient())
        using (var home = await client.GetAsync(new Uri("http://localhost" + (prefix.Length == 0 ? "/" : prefix))))
            Assert.True((int)home.StatusCode < 400, home.StatusCode.ToString());
        var routes = await shops.OfTenantAsync(tenant);
        Assert.True(routes.Count > 100, $"{routes.Count} routes");
        await using var staff = await shops.StaffAsync("ann", "anns-other", "Owner");
        var owner = await shops.SignInAsync("/ann", "anns-other");
        var other = await shops.SignInAsync(prefix.Length == 0 ? "/cards" : "", LinkShopServer.AdminUser, LinkShopServer.AdminPassword);
        string Renamed(string cookies) => Tenant().Replace(cookies, "_" + tenant + "=");
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            var stranger = await AskAsync(route, null, prefix);
            // nor those of the other one's administrator
            foreach (var cookies in new[] { owner, Renamed(owner), other, Renamed(other) })
            {
                var answer = await AskAsync(route, cookies, prefix);
                if (answer != stranger)
                    wrong.Add($"{route.Method} {route.Path}: {stranger} to a stranger, {answer} with foreign cookies");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        // the walk would prove nothing if a stranger got everywhere, or nobody anywhere
        var admin = await shops.SignInAsync(prefix, LinkShopServer.AdminUser, LinkShopServer.AdminPassword);
        Assert.Equal(200, (await AskAsync(new("GET", "/Admin/Features", ""), admin, prefix)).Status);
        Assert.NotEqual(200, (await AskAsync(new("GET", "/Admin/Features", ""), null, prefix)).Status);
    }

    [Fact]
    public async Task Who_owns_a_shop_opens_and_changes_nothing_of_the_platforms_administration()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var (cookies, token) = await shops.TokenAsync("", await shops.SignInAsync("", "ann"), "/open-a-shop");
        var (wrong, refused) = (new List<string>(), 0);
        foreach (var route in (await shops.OfTenantAsync("Default")).Where(r => r.Path.StartsWith("/Admin", StringComparison.OrdinalIgnoreCase)))
        {
            var (status, location) = await AskAsync(route, cookies, "", token);
            if (status == 403)
                refused++;
            else if (status is not (404 or 405))
                wrong.Add($"{route.Method} {route.Path}: {status} {location}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(refused > 100, $"{refused} were refused");
    }

    [GeneratedRegex("(?<=orch[a-z]+)_(?:[A-Za-z0-9]+_)?(?:Shop[0-9]+|Default|GameCards)=")]
    private static partial Regex Tenant();

    private async Task<(int Status, string? Location)> AskAsync(ShopRoute route, string? cookies, string prefix = "/ann", string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri($"http://localhost{prefix}{route.Path}"));
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        if (route.Method != "GET")
            request.Content = new FormUrlEncodedContent(token is null ? [] : [new("__RequestVerificationToken", token)]);
        using var answer = await SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var client = shops.CreateClient();
        return await client.SendAsync(request);
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteIsolationMatrixTests(ShopRoutes shops) : IsolationMatrixTests(shops), IClassFixture<ShopRoutes>;

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresIsolationMatrixTests(PostgresShopRoutes shops) : IsolationMatrixTests(shops);
