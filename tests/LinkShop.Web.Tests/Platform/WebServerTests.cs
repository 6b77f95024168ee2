using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Platform;

/// <summary>What the process does around the CMS.</summary>
[Collection("mall")]
public sealed class WebServerTests(MallFixture mall)
{
    [Theory]
    [InlineData("/cards/", HttpStatusCode.OK)]
    [InlineData("/cards/goods/xuanye", HttpStatusCode.OK)]
    [InlineData("/cards/goods/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("/cards/api/v1/products", HttpStatusCode.OK)]
    [InlineData("/cards/LinkShop.Theme.Mall/css/layout.css", HttpStatusCode.OK)]
    public async Task A_head_request_answers_as_the_page_without_its_body(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await mall.Server.Client.SendAsync(request);
        using var get = await mall.Server.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Only_a_proxy_that_is_known_is_believed_what_it_says_of_the_visitor()
    {
        await using var behind = await LinkShopServer.StartAsync(await Demo.OptionsAsync("sqlite", settings: new Dictionary<string, string> { ["LinkShop:Proxies:0"] = "127.0.0.0/8" }));
        var (page, cookies) = await PageAsync(behind.Client);
        Assert.Contains("href=\"https://", page, StringComparison.Ordinal);
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        using var visitor = mall.Server.NewClient();
        (page, cookies) = await PageAsync(visitor);
        Assert.DoesNotContain("href=\"https://", page, StringComparison.Ordinal);
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("LinkShop:Proxies:0=proxy.example", "LinkShop:Proxies:0: 'proxy.example'")]
    [InlineData("OrchardCore:OrchardCore_AutoSetup:Tenants:0:RecipeName=NoSuch", "'NoSuch'")]
    public async Task A_start_that_fails_says_why_in_one_line_and_ends_with_an_error(string setting, string words)
    {
        var parts = setting.Split('=');
        var folder = Directory.CreateTempSubdirectory("linkshop-").FullName;
        var (code, output) = await LinkShopServer.RunCommandAsync("--urls=http://127.0.0.1:0", new ServerOptions(folder, Settings: new Dictionary<string, string> { [parts[0]] = parts[1] }));
        Directory.Delete(folder, recursive: true);
        Assert.Equal(1, code);
        Assert.Contains(output.Split('\n'), line => line.StartsWith("LinkShop could not start: ", StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal));
        // one failure, and no worker that was only told to stop
        Assert.DoesNotContain("BackgroundService failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_before_signing_in_says_that_it_has_expired_and_does_nothing()
    {
        using var buyer = mall.Server.NewClient();
        var before = await buyer.ReadAsync("/orders/lookup");
        await buyer.PostAsync("/Login", await buyer.ReadAsync("/Login"), ("UserName", LinkShopServer.AdminUser), ("Password", LinkShopServer.AdminPassword));
        var (status, html) = await buyer.PostAsync("/orders/lookup", before, ("Contact", "somebody@test.example"), ("Password", "a password"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("此表单已失效", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_not_there_keeps_the_shops_header_search_and_languages()
    {
        using var visitor = mall.Server.NewClient();
        visitor.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var missing = await visitor.GetAsync(new Uri("/cards/goods/nothing-here?culture=en", UriKind.Relative));
        var page = await missing.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("We can't find this page", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("role=\"search\"", page, StringComparison.Ordinal);
        Assert.Contains("hreflang=\"zh-CN\"", page, StringComparison.Ordinal);
        Assert.Contains("/cards/orders/lookup", page, StringComparison.Ordinal);
    }

    private static async Task<(string Page, IReadOnlyList<string> Cookies)> PageAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cards/orders/lookup");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var answer = await client.SendAsync(request);
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : []);
    }
}
