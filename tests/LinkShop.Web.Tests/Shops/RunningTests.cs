using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

[Collection("shops")]
public sealed class RunningTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_suspended_shop_shows_why_takes_no_order_and_finishes_those_it_has(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var sku = await SellAsync(ann, slug);
        using var buyer = new Person(server, "");
        var (order, token, total) = await OrderAsync(server, slug, sku);
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync("/" + slug)).Status);
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync($"/{slug}/checkout?sku={sku}")).Status);

        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Suspend/" + shop, ("reason", "  "));
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync("/" + slug)).Status);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Suspend/" + shop, ("reason", "Buyers <b>complained</b>"));
        foreach (var path in new[] { "", "/", "/search", "/help", "/checkout?sku=" + sku, "/nothing-here", "/CHECKOUT" })
        {
            var shut = await buyer.GetAsync($"/{slug}{path}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, shut.Status);
            Assert.Contains("Buyers &lt;b&gt;complained", shut.Html, StringComparison.Ordinal);
        }

        await AssertRefusedAsync(server, slug, sku, "shop_suspended");
        Assert.Equal(HttpStatusCode.Conflict, (await buyer.GetAsync($"/{slug}/api/v1/products")).Status);
        // what is under way goes on
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync($"/{slug}/orders/lookup")).Status);
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync($"/{slug}/orders/{order}/pay?token={token}")).Status);
        Assert.Equal("fulfilled", await PayAsync(server, slug, order, token, total));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync($"/{slug}/Admin/Orders/Index")).Status);
        // its owner can't open it again
        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Pause", ("paused", "false"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await buyer.GetAsync("/" + slug)).Status);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Resume/" + shop);
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync("/" + slug)).Status);
        await OrderAsync(server, slug, sku);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Buyers_of_a_suspended_and_of_a_closed_shop_write_to_it_and_read_what_it_answers(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var (order, token, total) = await OrderAsync(server, slug, await SellAsync(ann, slug));
        Assert.Equal("fulfilled", await PayAsync(server, slug, order, token, total));
        using var buyer = new Person(server, "");
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync($"/{slug}/orders/{order}?token={token}")).Status);
        using var admin = await Person.AdministratorAsync(server);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Suspend/" + shop, ("reason", "Complaints"));
        Assert.Contains($"/{slug}/support/find", (await buyer.GetAsync("/" + slug)).Html, StringComparison.Ordinal);
        var asked = await buyer.SubmitAsync($"/{slug}/support?order={order}", $"/{slug}/support", ("Order", order), ("Category", "KeyInvalid"), ("Text", "It does not work"));
        Assert.Equal((HttpStatusCode.OK, true), (asked.Status, asked.Path.StartsWith($"/{slug}/support/", StringComparison.Ordinal)));
        var ticket = asked.Path.Split('/')[^1];
        await ann.SubmitAsync($"/{slug}/Admin/Messages/Detail/{ticket}", $"/{slug}/Admin/Messages/Answer/{ticket}", ("Text", "Try it again now"));
        Assert.Contains("Try it again now", (await buyer.GetAsync($"/{slug}/support/{ticket}")).Text, StringComparison.Ordinal);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Close/" + shop, ("reason", "The end"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await buyer.GetAsync("/" + slug)).Status);
        await buyer.SubmitAsync($"/{slug}/support/{ticket}", $"/{slug}/support/{ticket}", ("Text", "Still the same"));
        Assert.Contains("Still the same", (await ann.GetAsync($"/{slug}/Admin/Messages/Detail/{ticket}")).Text, StringComparison.Ordinal);
        using var stranger = new Person(server, "");
        Assert.DoesNotContain("Still the same", (await stranger.GetAsync($"/{slug}/support/{ticket}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_paused_shop_is_seen_with_a_notice_and_nothing_can_be_ordered(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        var sku = await SellAsync(ann, slug);
        using var buyer = new Person(server, "");
        var form = ShopAdmin.FieldsOf((await buyer.GetAsync($"/{slug}/checkout?sku={sku}")).Html);
        var product = await ProductAsync(buyer, slug, sku);
        Assert.DoesNotMatch(DeadButton, (await buyer.GetAsync(product)).Html);
        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Pause", ("paused", "true"), ("reason", "Back on Monday"));
        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Notes", ("Announcement", "Sale <script>"), ("Hours", "9–18"));

        var home = await buyer.GetAsync("/" + slug);
        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.Contains("Back on Monday", home.Html, StringComparison.Ordinal);
        Assert.Contains("Sale &lt;script&gt;", home.Html, StringComparison.Ordinal);
        Assert.Contains("9–18", home.Text, StringComparison.Ordinal);
        // nobody begins what can't be ordered
        var goods = await buyer.GetAsync(product);
        Assert.Contains("本店暂停接单：Back on Monday", goods.Text, StringComparison.Ordinal);
        Assert.Matches(DeadButton, goods.Html);
        // a form that was open before
        form["Contact"] = "a@b.example";
        form["LookupPassword"] = form["Password"] = "sesame-1";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await buyer.PostAsync($"/{slug}/checkout", form)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await buyer.GetAsync($"/{slug}/checkout?sku={sku}")).Status);
        await AssertRefusedAsync(server, slug, sku, "shop_paused");
        Assert.DoesNotContain("/Admin/Orders/Detail", (await ann.GetAsync($"/{slug}/Admin/Orders/Index")).Html, StringComparison.Ordinal);

        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Pause", ("paused", "false"));
        Assert.DoesNotMatch(DeadButton, (await buyer.GetAsync(product)).Html);
        await OrderAsync(server, slug, sku);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task The_last_owner_stays_whatever_is_tried_until_the_platform_gives_the_shop_away(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        var users = (await ann.GetAsync($"/{slug}/Admin/Users?q={ann.Name}")).Html;
        var id = System.Text.RegularExpressions.Regex.Match(users, "/Admin/Users/Edit/([0-9a-z]+)").Groups[1].Value;
        var edit = $"/{slug}/Admin/Users/Edit/{id}";
        var form = ShopAdmin.FieldsOf((await ann.GetAsync(edit)).Html);
        form.Remove("RoleNames");
        await ann.PostAsync(edit, form);
        form["RoleNames"] = "Manager";
        Assert.Contains("店铺不能没有店主", (await ann.PostAsync(edit, form)).Text, StringComparison.Ordinal);
        form["RoleNames"] = "Owner";
        form["IsEnabled"] = "false";
        await ann.PostAsync(edit, form);
        await ann.SubmitAsync($"/{slug}/Admin/Users", $"/{slug}/Admin/Users/Delete/{id}");
        Assert.Equal("Owner", ShopAdmin.FieldsOf((await ann.GetAsync(edit)).Html)["RoleNames"]);

        Assert.Equal($"/{slug}/Admin", (await ann.EnterAsync(shop)).Path);
        Assert.Contains("没有这个用户名", (await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Transfer/" + shop, ("owner", "nobody"))).Text, StringComparison.Ordinal);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Transfer/" + shop, ("owner", bob.Name));
        Assert.Equal($"/{slug}/Admin", (await bob.EnterAsync(shop)).Path);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/{slug}/Admin/ShopDesk/Look")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.SubmitAsync("/my-shops", $"/my-shops/{shop}/enter")).Status);
        Assert.DoesNotContain("value=\"Owner\" checked", (await bob.GetAsync(edit)).Html, StringComparison.Ordinal);
        // now she may go
        await bob.SubmitAsync($"/{slug}/Admin/Users", $"/{slug}/Admin/Users/Delete/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(edit)).Status);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_renamed_shop_answers_at_its_new_address_where_the_old_one_leads_and_its_domains_are_kept_for_the_host(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var (slug, next) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        foreach (var wish in new[] { "cards", "www", "x" })
            await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Rename/" + shop, ("slug", wish));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/" + slug)).Status);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Domains/" + shop, ("hosts", "Shop.Example.com, a.b.example"));
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Domains/" + shop, ("hosts", "http://evil"));
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Rename/" + shop, ("slug", next));
        Assert.Equal(("/" + next, HttpStatusCode.OK), (await ann.GetAsync("/" + slug)) is var led ? (led.Path, led.Status) : default);
        Assert.Equal("a.b.example,shop.example.com", ShopAdmin.FieldsOf((await admin.GetAsync("/Admin/Shops/Detail/" + shop)).Html)["hosts"]);
        Assert.Equal($"/{next}/Admin", (await ann.EnterAsync(shop)).Path);
    }

    /// <summary>Puts one good on sale that needs no stock and gives its variant.</summary>
    internal const string DeadButton = "<button class=\"btn btn-primary btn-lg\" disabled";

    /// <summary>The page of a variant's goods.</summary>
    internal static async Task<string> ProductAsync(Person buyer, string slug, string sku)
    {
        foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches((await buyer.GetAsync($"/{slug}/search?q=Sample")).Html, $"href=\"(/{slug}/[^\"?#]+)\""))
        {
            if ((await buyer.GetAsync(link.Groups[1].Value)).Html.Contains($"id=\"sku-{sku}\"", StringComparison.Ordinal))
                return link.Groups[1].Value;
        }

        throw new InvalidOperationException($"No goods with {sku} are found.");
    }

    internal static async Task<string> SellAsync(Person owner, string slug, string delivery = "Text")
    {
        var create = $"/{slug}/Admin/Contents/ContentTypes/Product/Create";
        var form = ShopAdmin.FieldsOf((await owner.GetAsync(create)).Html);
        var sku = "SKU-" + ShopPlatforms.Word();
        form["TitlePart.Title"] = "Sample";
        form["VirtualGoodsPart.Skus[0].Id"] = sku;
        form["VirtualGoodsPart.Skus[0].Name"] = "One";
        form["VirtualGoodsPart.Skus[0].Price"] = "10.00";
        form["VirtualGoodsPart.Skus[0].Delivery"] = delivery;
        form["VirtualGoodsPart.Skus[0].DeliveryText"] = "Here you are";
        form["submit.Publish"] = "submit.Publish";
        var made = await owner.PostAsync(create, form);
        Assert.True(made.Path != create, made.Text);
        return sku;
    }

    internal static async Task<(string Order, string Token, long Total)> OrderAsync(LinkShopServer server, string slug, string sku)
    {
        using var response = await server.Client.PostAsJsonAsync($"/{slug}/api/v1/orders", Wish(sku));
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return (body.GetProperty("orderId").GetString()!, body.GetProperty("accessToken").GetString()!, body.GetProperty("total").GetProperty("minor").GetInt64());
    }

    private static async Task AssertRefusedAsync(LinkShopServer server, string slug, string sku, string code)
    {
        foreach (var path in new[] { "/api/v1/orders", "/API/v1/orders", "/api/v1/orders/" })
        {
            using var response = await server.Client.PostAsJsonAsync($"/{slug}{path}", Wish(sku));
            Assert.Equal((HttpStatusCode.Conflict, code), (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        }
    }

    internal static object Wish(string sku) => new { lines = new[] { new { skuId = sku, quantity = 1 } }, contact = ShopPlatforms.Word() + "@test.example", lookupPassword = "a password" };

    internal static async Task<string?> PayAsync(LinkShopServer server, string slug, string order, string token, long total)
    {
        var body = JsonSerializer.Serialize(new { eventId = Guid.NewGuid().ToString("n"), type = "paid", orderId = order, amount = total, currency = "CNY" });
        using var callback = new HttpRequestMessage(HttpMethod.Post, $"/{slug}/payments/sandbox/callback") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        callback.Headers.TryAddWithoutValidation(SandboxGateway.SignatureHeader, SandboxGateway.Sign(Encoding.UTF8.GetBytes(body)));
        using var told = await server.Client.SendAsync(callback);
        Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync());
        using var read = new HttpRequestMessage(HttpMethod.Get, $"/{slug}/api/v1/orders/{order}");
        read.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await server.Client.SendAsync(read);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString();
    }
}
