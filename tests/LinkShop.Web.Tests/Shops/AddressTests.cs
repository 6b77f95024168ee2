using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Addresses as somebody who tries things writes them, sent as they are, and what one shop asks for of another.</summary>
[Collection("shops")]
public sealed class AddressTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Host_and_path_lead_to_the_shop_that_is_meant_or_to_none(string database)
    {
        var (ann, bob) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        using var owner = await Person.SignUpAsync(await platforms.OnAsync(database), ShopPlatforms.Word());
        await owner.OpenAsync(ann, "Shop " + ann);
        await owner.OpenAsync(bob, "Shop " + bob);
        (string Host, string Path, string? Shop)[] asked =
        [
            ("any.test", $"/{ann}/", ann),
            ("any.test", $"/{ann.ToUpperInvariant()}/", ann),
            ("any.test", $"/{ann}/../{bob}/", bob),
            ("any.test", $"/{ann}/%2e%2e/{bob}/", bob),
            ("any.test", $"/{ann}%2f..%2f{bob}/", null),
            ("any.test", $"//{ann}/", null),
            ("any.test", $"/{ann}\\..\\{bob}/", null),
            ("any.test", $"/%{(int)ann[0]:x2}{ann[1..]}/", ann),
            ("any.test", $"/{ann};x=1/", null),
            ("any.test", $"/{ann}%00/", null),
            ($"{ann}.shops.test", "/", ann),
            ($"{ann}.shops.test:8443", "/", ann),
            ($"{ann.ToUpperInvariant()}.SHOPS.TEST", "/", ann),
            ($"{ann}.shops.test", $"/{bob}/", ann), // its own "not found", and nothing of the other
            ($"x.{ann}.shops.test", "/", null),
            ($"{ann}shops.test", "/", null),
            ($"{ann}.shops.test.evil.test", "/", null),
            ($"xn--{ann}.shops.test", "/", null),
            ($"{ann}.shops.test@evil.test", "/", null),
            // no letters come of these
            ("xn--", "/", null),
            ("xn--a.example", "/", null),
            ("xn--ls8h=.example", "/", null),
            ($"xn--99999999999.{ann}.shops.test", "/", null),
            ("xn--" + new string('a', 200) + ".example", "/", null),
        ];
        foreach (var (host, path, shop) in asked)
        {
            var html = await SendAsync(owner.Server.Address.Port, host, path);
            Assert.False(html.StartsWith("HTTP/1.1 5", StringComparison.Ordinal), $"{host}{path}: {html[..Math.Min(40, html.Length)]}");
            foreach (var slug in new[] { ann, bob })
                Assert.True((slug == shop) == html.Contains("Shop " + slug, StringComparison.Ordinal), $"{host}{path} showed {(slug == shop ? "not" : "")} {slug}");
        }
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task An_old_address_leads_to_the_new_one_below_the_platform_and_at_the_subdomain_until_somebody_else_has_it(string database)
    {
        var server = await platforms.OnAsync(database);
        var (was, then) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var shop = await ann.OpenAndEnterAsync(was, "Shop " + was);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Rename/" + shop, ("slug", then));
        var port = server.Address.Port;
        foreach (var (host, path, to) in new[]
        {
            ("any.test", $"/{was}", $"/{then}"),
            ("any.test", $"/{was.ToUpperInvariant()}/search?q=%E5%8D%A1", $"/{then}/search?q=%E5%8D%A1"),
            ("any.test", $"/{was}//evil.test/%0d%0aX:1", $"/{then}//evil.test/%0D%0AX:1"),
            ($"{was}.shops.test:8443", "/search?q=a", $"http://{then}.shops.test:8443/search?q=a"),
            ($"{was}.shops.test", "/", $"http://{then}.shops.test/"),
        })
        {
            var answer = await SendAsync(port, host, path);
            Assert.StartsWith("HTTP/1.1 308", answer, StringComparison.Ordinal);
            Assert.Contains($"\r\nLocation: {to}\r\n", answer, StringComparison.Ordinal);
        }

        // nothing that was never a shop's, and no form
        foreach (var path in new[] { $"/{was}x", $"/{was[..^1]}", "/no-such-page" })
            Assert.StartsWith("HTTP/1.1 404", await SendAsync(port, "any.test", path), StringComparison.Ordinal);
        using var post = await server.Client.PostAsync($"/{was}/api/v1/orders", null);
        Assert.Equal(404, (int)post.StatusCode);
        Assert.Contains("Shop " + was, (await ann.GetAsync("/" + was)).Html, StringComparison.Ordinal);

        // given back: it answers there itself, and the other one leads to it
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Rename/" + shop, ("slug", was));
        Assert.StartsWith("HTTP/1.1 200", await SendAsync(port, "any.test", "/" + was), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 308", await SendAsync(port, "any.test", "/" + then), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Nothing_of_one_shop_is_found_in_another_not_even_by_who_knows_its_id(string database)
    {
        var server = await platforms.OnAsync(database);
        var (ann, bob) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        using var anna = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bert = await Person.SignUpAsync(server, ShopPlatforms.Word());
        await anna.OpenAndEnterAsync(ann, "Shop " + ann);
        await bert.OpenAndEnterAsync(bob, "Shop " + bob);
        var sku = await RunningTests.SellAsync(anna, ann);
        using var made = await server.Client.PostAsJsonAsync($"/{ann}/api/v1/orders", RunningTests.Wish(sku));
        var order = await made.Content.ReadFromJsonAsync<JsonElement>();
        var (id, token) = (order.GetProperty("orderId").GetString(), order.GetProperty("accessToken").GetString());
        var products = await server.Client.GetFromJsonAsync<JsonElement>($"/{ann}/api/v1/products");
        var product = products.GetProperty("items")[0].GetProperty("id").GetString();

        foreach (var path in new[] { $"/orders/{id}?token={token}", $"/orders/{id}/pay?token={token}", $"/api/v1/products/{product}", $"/Admin/Orders/Detail/{id}", $"/Admin/Contents/ContentItems/{product}/Edit" })
        {
            Assert.Equal(200, (int)(await anna.GetAsync($"/{ann}{path}")).Status);
            // who has no such order is led to the look-up, as everybody with a wrong link is
            var there = await bert.GetAsync($"/{bob}{path}");
            Assert.True((int)there.Status == 404 || there.Path == $"/{bob}/orders/lookup", $"{path}: {there.Status} {there.Path}");
            Assert.DoesNotContain("Sample", there.Text, StringComparison.Ordinal);
        }

        Assert.Equal(404, (int)await ReadAsync(server.Client, $"/{bob}/api/v1/orders/{id}", token!));
        Assert.Equal(200, (int)await ReadAsync(server.Client, $"/{ann}/api/v1/orders/{id}", token!));
        using var ordered = await server.Client.PostAsJsonAsync($"/{bob}/api/v1/orders", RunningTests.Wish(sku));
        Assert.False(ordered.IsSuccessStatusCode);
        Assert.DoesNotContain(id!, (await bert.GetAsync($"/{bob}/Admin/Orders/Index")).Html, StringComparison.Ordinal);
        Assert.Contains("Sample", (await anna.GetAsync($"/{ann}/search?q=Sample")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("SKU-", (await bert.GetAsync($"/{bob}/search?q=Sample")).Html, StringComparison.Ordinal);
        Assert.Equal(0, (await server.Client.GetFromJsonAsync<JsonElement>($"/{bob}/api/v1/products?q=Sample")).GetProperty("items").GetArrayLength());
    }

    private static async Task<System.Net.HttpStatusCode> ReadAsync(HttpClient client, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<string> SendAsync(int port, string host, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
