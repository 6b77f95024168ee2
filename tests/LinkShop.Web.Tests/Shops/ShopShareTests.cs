using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The addresses that a shop hands out, and the ways from it to the platform.</summary>
[Collection("shops")]
public sealed class ShopShareTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Code_and_poster_show_the_subdomain_and_once_it_is_proven_the_shops_own_domain(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        Assert.Matches($"http://{slug}\\.shops\\.test(:{server.Address.Port})?\"", (await ann.GetAsync($"/{slug}/Admin/ShopDesk/Share")).Html);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Domains/" + shop, ("hosts", $"{slug}.example.org, a{slug}.example.org"));
        Assert.Contains($"\"http://a{slug}.example.org\"", (await ann.GetAsync($"/{slug}/Admin/ShopDesk/Share")).Html, StringComparison.Ordinal);
        Assert.Contains($"a{slug}.example.org", (await ann.GetAsync($"/{slug}/Admin/ShopDesk/Poster.svg")).Html, StringComparison.Ordinal);
        var png = await ann.GetAsync($"/{slug}/Admin/ShopDesk/Qr.png");
        Assert.Equal((HttpStatusCode.OK, "image/png"), (png.Status, png.Response.Content.Headers.ContentType?.MediaType));
        using var buyer = new Person(server, "");
        Assert.NotEqual("image/png", (await buyer.GetAsync($"/{slug}/Admin/ShopDesk/Qr.png")).Response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Where_a_link_to_the_shop_or_its_goods_is_shared_there_are_title_text_and_picture(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann & Co");
        await RunningTests.SellAsync(ann, slug);
        var look = Goods.ShopAdmin.FieldsOf((await ann.GetAsync($"/{slug}/Admin/ShopDesk/Look")).Html);
        look["SloganZh"] = look["SloganEn"] = "The best";
        await ann.PostAsync($"/{slug}/Admin/ShopDesk/Look", look, "Banner", ShopPlatforms.Png);
        var home = (await ann.GetAsync("/" + slug)).Html;
        Assert.Equal(("Ann & Co", "The best", $"{server.Address}{slug}"), (Tag(home, "og:title"), Tag(home, "og:description"), Tag(home, "og:url")));
        Assert.StartsWith($"{server.Address}{slug}/media/brand/banner-", Tag(home, "og:image"), StringComparison.Ordinal);

        var item = (await server.Client.GetFromJsonAsync<JsonElement>($"/{slug}/api/v1/products")).GetProperty("items")[0];
        var path = item.GetProperty("path").GetString();
        var product = (await ann.GetAsync($"/{slug}{path}")).Html;
        Assert.Equal(("Sample", $"{server.Address}{slug}{path}"), (Tag(product, "og:title"), Tag(product, "og:url")));
        // it has no picture of its own: the shop's
        Assert.StartsWith($"{server.Address}{slug}/media/brand/banner-", Tag(product, "og:image"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task The_owners_way_in_leads_to_the_platform_from_below_it_from_the_subdomain_and_from_an_own_domain(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Domains/" + shop, ("hosts", slug + ".example.org"));
        using var guest = new Person(server, "");
        Assert.Contains($"\"/my-shops/enter?slug={slug}\"", (await guest.GetAsync($"/{slug}/Login")).Html, StringComparison.Ordinal);
        foreach (var host in new[] { slug + ".shops.test", slug + ".example.org" })
        {
            foreach (var path in new[] { "/Login", "/shop-entry?code=x" })
                Assert.Contains($"\"http://shops.test/my-shops/enter?slug={slug}\"", await AtAsync(server, host, path), StringComparison.Ordinal);
        }
    }

    private static string? Tag(string html, string property) => Regex.Match(html, $"<meta property=\"{property}\" content=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    private static async Task<string> AtAsync(LinkShopServer server, string host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
