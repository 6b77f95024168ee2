using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Whose plan an order pays for.</summary>
[Collection("shops")]
public sealed class PlanAddressTests(ShopPlatforms platforms)
{
    private const string Sku = "plan-pro-month";

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task An_address_of_nobody_is_refused_at_its_field_and_nothing_is_ordered(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        var contact = ShopPlatforms.Word() + "@test.example";
        foreach (var typed in new[] { slug + ".cn", $"https://example.com/{slug}", slug + "x", $"{slug}.shops.test.evil.example", "www.shops.test", "plans" })
        {
            using var made = await MakeAsync(server, typed, contact);
            var problem = await made.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "no_such_shop"), (made.StatusCode, problem.GetProperty("code").GetString()));
            Assert.True(problem.GetProperty("errors").TryGetProperty("lines[0].fields.shop", out _), problem.ToString());
        }

        using (var without = await MakeAsync(server, null, contact))
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "required"), (without.StatusCode, (await without.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        var page = await ann.SubmitAsync("/checkout?sku=" + Sku, "/checkout", ("Fields[shop]", slug + ".cn"), ("Contact", contact), ("LookupPassword", "sesame-1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("这个店址没有营业中的店铺", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/Admin/Orders/Detail/", (await admin.GetAsync("/Admin/Orders/Index?Q=" + Uri.EscapeDataString(contact))).Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task However_the_address_is_written_the_plan_is_that_shops_and_never_one_of_a_like_name(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var (slug, like) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var other = await ann.OpenAndEnterAsync(like, "Like");
        // a domain that begins with the other shop's name
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Domains/" + shop, ("hosts", like + ".example.net"));
        var orders = new List<string>();
        foreach (var typed in new[] { slug.ToUpperInvariant(), $"{server.Address}{slug}/search?q=1", $"https://{slug}.shops.test/", like + ".example.net", $"HTTPS://{like}.Example.Net/about" })
            orders.Add(await BuyAsync(server, typed));
        string terms = "";
        await Eventually.HoldsAsync(async () => orders.TrueForAll((terms = (await admin.GetAsync("/Admin/Shops/Plan/" + shop)).Html).Contains), () => terms);
        Assert.DoesNotContain("/Admin/Orders/Detail/", (await admin.GetAsync("/Admin/Shops/Plan/" + other)).Html, StringComparison.Ordinal);
        Assert.Contains(slug, (await admin.GetAsync("/Admin/Orders/Detail/" + orders[3])).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_plan_of_a_shop_that_closed_before_it_was_paid_waits_for_staff_as_a_request_for_the_money(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var made = await MakeAsync(server, slug, ShopPlatforms.Word() + "@test.example");
        var order = await made.Content.ReadFromJsonAsync<JsonElement>();
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Close/" + shop, ("reason", "The end"));
        var id = await PayAsync(server, order);
        var asked = "";
        await Eventually.HoldsAsync(async () => (asked = (await admin.GetAsync("/Admin/Refunds/Index")).Html).Contains(id, StringComparison.Ordinal), () => asked);
        Assert.Contains($"店址“{slug}”没有可用的店铺", (await admin.GetAsync("/Admin/Orders/Detail/" + id)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await admin.GetAsync("/Admin/Shops/Plan/" + shop)).Html, StringComparison.Ordinal);
    }

    private static async Task<string> BuyAsync(LinkShopServer server, string typed)
    {
        using var made = await MakeAsync(server, typed, ShopPlatforms.Word() + "@test.example");
        var order = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(made.IsSuccessStatusCode, $"{typed}: {order}");
        return await PayAsync(server, order);
    }

    private static Task<HttpResponseMessage> MakeAsync(LinkShopServer server, string? typed, string contact)
    {
        var fields = typed is null ? new Dictionary<string, string>() : new() { ["shop"] = typed };
        return server.Client.PostAsJsonAsync("/api/v1/orders", new { lines = new[] { new { skuId = Sku, quantity = 1, fields } }, contact, lookupPassword = "a password" });
    }

    private static async Task<string> PayAsync(LinkShopServer server, JsonElement order)
    {
        var id = order.GetProperty("orderId").GetString()!;
        var body = JsonSerializer.Serialize(new { eventId = Guid.NewGuid().ToString("n"), type = "paid", orderId = id, amount = order.GetProperty("total").GetProperty("minor").GetInt64(), currency = "CNY" });
        using var callback = new HttpRequestMessage(HttpMethod.Post, "/payments/sandbox/callback") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        callback.Headers.TryAddWithoutValidation(SandboxGateway.SignatureHeader, SandboxGateway.Sign(Encoding.UTF8.GetBytes(body)));
        using var told = await server.Client.SendAsync(callback);
        Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync());
        return id;
    }
}
