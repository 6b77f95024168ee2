using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Finance;

public sealed class CreditLimitTests
{
    [Fact]
    public async Task Payments_by_balance_are_limited_like_orders()
    {
        await using var server = await LinkShopServer.StartAsync(await Demo.OptionsAsync("sqlite", settings: new Dictionary<string, string> { ["LinkShop:RateLimits:OrdersPerMinute"] = "3" }));
        using var client = server.NewClient();
        var form = ShopAdmin.FieldsOf(await client.GetStringAsync(At("/Register?returnUrl=%2Fcards%2Fsearch")));
        (form["UserName"], form["Email"], form["Password"], form["PasswordConfirmation"]) = ("limited", "limited@test.example", "Long enough 1", "Long enough 1");
        (await client.PostAsync(At("/Register"), new FormUrlEncodedContent(form))).Dispose();
        var order = ShopAdmin.FieldsOf(await client.GetStringAsync(At($"/checkout?sku={await SkuAsync(server)}&quantity=1")));
        (order["Contact"], order["Password"]) = ("limited@test.example", "sesame");
        order.Remove("act");
        using var placed = await client.PostAsync(At("/checkout"), new FormUrlEncodedContent(order));
        var pay = placed.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.EndsWith("/pay", pay, StringComparison.Ordinal);
        var token = ShopAdmin.FieldsOf(await placed.Content.ReadAsStringAsync())["__RequestVerificationToken"];

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var paid = await client.PostAsync(new Uri(pay + "/credit", UriKind.Relative), new FormUrlEncodedContent([new("kind", "Balance"), new("__RequestVerificationToken", token)]));
            answers.Add(paid.StatusCode);
            // until the first of the three is a minute old, and nothing on what isn't refused
            Assert.Equal(i == 2, paid.Headers.RetryAfter?.Delta is { TotalSeconds: >= 1 and <= 60 });
        }

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Coupons_that_are_tried_are_limited_and_the_page_is_shown_without()
    {
        await using var server = await LinkShopServer.StartAsync(await Demo.OptionsAsync("sqlite", settings: new Dictionary<string, string> { ["LinkShop:RateLimits:LookupsPerMinute"] = "2" }));
        using var client = server.NewClient();
        var sku = await SkuAsync(server);
        var page = At($"/checkout?sku={sku}&quantity=1&coupon=WELCOME5");
        var form = ShopAdmin.FieldsOf(await client.GetStringAsync(page));
        (form["Coupon"], form["act"]) = ("GUESS1", "price");
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 2; i++)
        {
            using var tried = await client.PostAsync(At("/checkout"), new FormUrlEncodedContent(form));
            answers.Add(tried.StatusCode);
        }

        using var asked = await client.GetAsync(page);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], [.. answers, asked.StatusCode]);
        var text = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
        Assert.Contains("尝试次数过多", text, StringComparison.Ordinal);
        Assert.DoesNotContain("data-discount", text, StringComparison.Ordinal);
        // without a coupon nothing is counted, and nobody is kept from ordering
        form = ShopAdmin.FieldsOf(await client.GetStringAsync(At($"/checkout?sku={sku}&quantity=1")));
        (form["Contact"], form["LookupPassword"]) = ("limited@test.example", "sesame");
        form.Remove("act");
        using var placed = await client.PostAsync(At("/checkout"), new FormUrlEncodedContent(form));
        Assert.EndsWith("/pay", placed.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    private static async Task<string> SkuAsync(LinkShopServer server)
    {
        var list = await server.Client.GetFromJsonAsync<JsonElement>(At("/api/v1/products?pageSize=100"));
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var product = await server.Client.GetFromJsonAsync<JsonElement>(At($"/api/v1/products/{item.GetProperty("id").GetString()}"));
            if (product.GetProperty("buyerFields").GetArrayLength() == 0)
                return product.GetProperty("skus")[0].GetProperty("id").GetString()!;
        }

        throw new InvalidOperationException("No product can be bought without more to fill in.");
    }

    private static Uri At(string path) => new($"/{LinkShopServer.Mall}{path}", UriKind.Relative);
}
