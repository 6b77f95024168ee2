using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using LinkShop.Web.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A micro-shop whose own goods are sold by another one.</summary>
[Collection("shops")]
public sealed class SupplyingShopTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_shop_offers_its_own_keys_another_sells_them_and_both_wallets_and_books_are_right(string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var folder = Directory.CreateTempSubdirectory("linkshop-supply-").FullName;
        var options = await Demo.OptionsAsync(database, folder, Buyer.NoLimits);
        await using (var server = await LinkShopServer.StartAsync(options))
        {
            using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
            using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
            string a = ShopPlatforms.Word(), b = ShopPlatforms.Word();
            await ann.OpenAndEnterAsync(a, "Ann's keys");
            await bob.OpenAndEnterAsync(b, "Bob");
            var (sku, pool) = await SellKeysAsync(ann, a, ["ANN-KEY-1", "ANN-KEY-2"]);
            // a slip in an address is told, and nothing is offered to nobody
            var nobody = ShopPlatforms.Word();
            var slip = await OfferAsync(ann, a, sku, nobody, "Ann");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, slip.Status);
            Assert.Contains($"没有地址为“{nobody}”的店铺", slip.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(sku, (await ann.GetAsync($"/{a}/Admin/Resale/Offers")).Html, StringComparison.Ordinal);
            // whatever it calls itself, the shop that sells on sees who it is
            var offered = await OfferAsync(ann, a, sku, b, "LinkShop itself");
            Assert.True(offered.Status == HttpStatusCode.OK, offered.Text);
            var found = await bob.GetAsync($"/{b}/Admin/Resale/Goods");
            Assert.Matches($@"LinkShop itself\s+Ann's keys · /{a}", found.Text);
            var (resold, added) = await ListAsync(bob, b, a, "Resold keys", "10.00");
            Assert.Contains("商品已在您的店铺上架", added.Text, StringComparison.Ordinal);

            // the chain has one link
            Assert.DoesNotContain(resold, (await bob.GetAsync($"/{b}/Admin/Resale/Offers/Edit")).Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/{b}/Admin/Resale/Offers/Edit?sku={resold}")).Status);
            var again = await OfferAsync(bob, b, resold, a, "Bob", "12.00");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
            Assert.DoesNotContain("Resold keys", (await ann.GetAsync($"/{a}/Admin/Resale/Goods")).Text, StringComparison.Ordinal);

            var (order, token, total) = await RunningTests.OrderAsync(server, b, resold);
            Assert.Equal("fulfilled", await RunningTests.PayAsync(server, b, order, token, total));
            Assert.Contains(await KeyAsync(server, b, order, token), (string[])["ANN-KEY-1", "ANN-KEY-2"]);
            Assert.Matches(@"(?<!\d)1(?!\d)", Left((await ann.GetAsync($"/{a}/Admin/KeyPools/Index")).Html, pool));

            // 6.00 less Ann's commission of 5 %; 10.00 less 5 %, the sandbox's 0.6 % and Ann's 6.00
            Assert.Contains("data-pending>¥5.70<", (await ann.GetAsync($"/{a}/Admin/Finance/Wallet")).Html, StringComparison.Ordinal);
            Assert.Contains("data-pending>¥3.44<", (await bob.GetAsync($"/{b}/Admin/Finance/Wallet")).Html, StringComparison.Ordinal);
            Assert.Matches($"来自代卖店铺的货款(.|\n)*/{b}(.|\n)*¥6.00", (await ann.GetAsync($"/{a}/Admin/Resale/Offers")).Html);
            Assert.Matches($"/{b}<", (await ann.GetAsync($"/{a}/Admin/Resale/Offers/Edit?sku={sku}")).Html);
            Assert.Matches($"应付供货商的货款(.|\n)*/{a}(.|\n)*¥6.00", (await bob.GetAsync($"/{b}/Admin/Resale/Goods")).Html);
        }

        var (code, report) = await LinkShopServer.RunCommandAsync("verify", options);
        Assert.True(code == 0, report);
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_shop_that_is_paused_shut_or_on_a_plan_without_it_supplies_nothing_and_what_was_ordered_is_delivered(string database)
    {
        var server = await platforms.OnAsync(database);
        using var admin = await Person.AdministratorAsync(server);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        string a = ShopPlatforms.Word(), b = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(a, "Ann");
        await bob.OpenAndEnterAsync(b, "Bob");
        var sku = await RunningTests.SellAsync(ann, a);
        await OfferAsync(ann, a, sku, b, "Ann");
        var (resold, _) = await ListAsync(bob, b, a, "From Ann", "10.00");

        await ann.SubmitAsync($"/{a}/Admin/ShopDesk/Opening", $"/{a}/Admin/ShopDesk/Pause", ("paused", "true"), ("reason", "Away"));
        Assert.Equal("not_on_sale", await RefusalAsync(server, b, resold));
        Assert.Contains("暂停营业，别家也暂时不能分销", (await ann.GetAsync($"/{a}/Admin/Resale/Offers")).Text, StringComparison.Ordinal);
        Assert.Contains("已下架", (await bob.GetAsync($"/{b}/Admin/Resale/Goods")).Text, StringComparison.Ordinal);
        await ann.SubmitAsync($"/{a}/Admin/ShopDesk/Opening", $"/{a}/Admin/ShopDesk/Pause", ("paused", "false"));
        var (order, token, total) = await RunningTests.OrderAsync(server, b, resold);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Suspend/" + shop, ("reason", "Complaints"));
        Assert.Equal("not_on_sale", await RefusalAsync(server, b, resold));
        // its desk stays open, and offers nothing to anybody
        await OfferAsync(ann, a, sku, b, "Ann again");
        Assert.Equal("not_on_sale", await RefusalAsync(server, b, resold));
        Assert.Equal("fulfilled", await RunningTests.PayAsync(server, b, order, token, total));
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Resume/" + shop);
        await RunningTests.OrderAsync(server, b, resold);

        var plan = await PlanAsync(admin, supplies: false);
        await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", plan), ("reason", "A test"));
        await Eventually.HoldsAsync(async () => (await ann.GetAsync($"/{a}/Admin/Resale/Offers")).Text.Contains("不支持供别家分销", StringComparison.Ordinal), () => "the plan isn't followed");
        Assert.Equal("not_on_sale", await RefusalAsync(server, b, resold));
        var refused = await OfferAsync(ann, a, sku, b, "Ann once more");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("不支持供别家分销", refused.Text, StringComparison.Ordinal);
        Assert.Matches("允许别家分销其商品(.|\n)*否", (await ann.GetAsync($"/{a}/Admin/ShopDesk/Plan")).Text);

        await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", await PlanAsync(admin, supplies: true)), ("reason", "A test"));
        await Eventually.HoldsAsync(async () => !(await ann.GetAsync($"/{a}/Admin/Resale/Offers")).Text.Contains("不支持供别家分销", StringComparison.Ordinal), () => "the plan isn't followed");
        await RunningTests.OrderAsync(server, b, resold);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Close/" + shop, ("reason", "The end"));
        Assert.Equal("not_on_sale", await RefusalAsync(server, b, resold));
    }

    [Fact]
    public async Task A_reseller_is_named_by_its_address_as_people_copy_it()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        string a = ShopPlatforms.Word(), b = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(a, "Ann");
        await bob.OpenAndEnterAsync(b, "Bob");
        foreach (var typed in new[] { b, "/" + b, $"{server.Address}{b}", $"https://{b}.shops.test/search?q=1" })
        {
            var saved = await OfferAsync(ann, a, await RunningTests.SellAsync(ann, a), typed, "Ann");
            Assert.True(saved.Status == HttpStatusCode.OK, typed + ": " + saved.Text);
        }

        var unknown = await OfferAsync(ann, a, await RunningTests.SellAsync(ann, a), "https://elsewhere.example/" + b, "Ann");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Contains("elsewhere.example", unknown.Text, StringComparison.Ordinal);
    }

    private static async Task<string> PlanAsync(Person admin, bool supplies)
    {
        const string Create = "/Admin/Contents/ContentTypes/ShopPlan/Create";
        var plan = "supply-" + ShopPlatforms.Word();
        var made = await admin.SubmitAsync(Create, Create, ("TitlePart.Title", "Supply"), ("ShopPlanPart.Code", plan), ("ShopPlanPart.Products", "9"), ("ShopPlanPart.Staff", "1"),
            ("ShopPlanPart.StorageMb", "9"), ("ShopPlanPart.FeePercent", "4"), ("ShopPlanPart.Supplies", supplies ? "true" : "false"), ("submit.Publish", "submit.Publish"));
        Assert.NotEqual(Create, made.Path);
        return plan;
    }

    private static async Task<(string Sku, string Pool)> SellKeysAsync(Person owner, string slug, string[] keys)
    {
        var pool = (await owner.SubmitAsync($"/{slug}/Admin/KeyPools/Create", $"/{slug}/Admin/KeyPools/Create", ("Name", "Own keys"))).Path.Split('/')[^1];
        const string Token = "__RequestVerificationToken";
        var form = new Dictionary<string, string> { [Token] = ShopAdmin.FieldsOf((await owner.GetAsync($"/{slug}/Admin/KeyPools/Details/{pool}")).Html)[Token] };
        var imported = await owner.PostAsync($"/{slug}/Admin/KeyPools/{pool}/Import/Run", form, "content", Encoding.UTF8.GetBytes(string.Join('\n', keys)), "keys.txt");
        Assert.True(imported.Status == HttpStatusCode.OK, imported.Text);
        var create = $"/{slug}/Admin/Contents/ContentTypes/Product/Create";
        var sku = "SKU-" + ShopPlatforms.Word();
        var made = await owner.SubmitAsync(create, create, ("TitlePart.Title", "Ann's key"), ("VirtualGoodsPart.Skus[0].Id", sku), ("VirtualGoodsPart.Skus[0].Name", "One"), ("VirtualGoodsPart.Skus[0].Price", "9.00"),
            ("VirtualGoodsPart.Skus[0].Delivery", "CardKey"), ("VirtualGoodsPart.Skus[0].PoolId", pool), ("submit.Publish", "submit.Publish"));
        Assert.True(made.Path != create, made.Text);
        return (sku, pool);
    }

    /// <summary>Offers a variant to one shop: others' tests look at what is offered to everybody.</summary>
    private static Task<Page> OfferAsync(Person owner, string slug, string sku, string to, string name, string suggested = "9.00") =>
        owner.SubmitAsync($"/{slug}/Admin/Resale/Offers/Edit", $"/{slug}/Admin/Resale/Offers/Edit", ("Sku", sku), ("Floor", "8.00"), ("Suggested", suggested), ("By", "cost"), ("Cost", "6.00"),
            ("Refunds", "SupplierPays"), ("Audience", "Listed"), ("Shops", to), ("Supplier", name));

    /// <summary>Puts what a shop offers on sale in another one; gives the variant there.</summary>
    private static async Task<(string Sku, Page Page)> ListAsync(Person owner, string slug, string supplier, string title, string price)
    {
        var goods = $"/{slug}/Admin/Resale/Goods";
        var html = (await owner.GetAsync(goods)).Html;
        var row = html[html.IndexOf("/" + supplier + "<", StringComparison.Ordinal)..];
        var add = WebUtility.HtmlDecode(Regex.Match(row, $"{goods}/Add[^\"]+").Value);
        Assert.Contains("/" + supplier, (await owner.GetAsync(add)).Html, StringComparison.Ordinal);
        var page = await owner.SubmitAsync(add, goods + "/Add", ("GoodsTitle", title), ("Price", price));
        var product = Regex.Match((await owner.GetAsync($"/{slug}/search?q={Uri.EscapeDataString(title)}")).Html, $"/{slug}/goods/(r[0-9a-z]+)").Groups[1].Value;
        Assert.NotEmpty(product);
        return (product.ToUpperInvariant(), page);
    }

    private static string Left(string html, string pool)
    {
        var from = html.IndexOf($"KeyPools/Details/{pool}\"", StringComparison.Ordinal);
        Assert.True(from > 0, html);
        return Regex.Replace(html[from..html.IndexOf("</tr>", from, StringComparison.Ordinal)], "^[^>]*>|<[^>]+>", " ");
    }

    private static async Task<string> KeyAsync(LinkShopServer server, string slug, string order, string token)
    {
        using var read = new HttpRequestMessage(HttpMethod.Get, $"/{slug}/api/v1/orders/{order}");
        read.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await server.Client.SendAsync(read);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("lines")[0].GetProperty("deliveries")[0].GetString()!;
    }

    private static async Task<string?> RefusalAsync(LinkShopServer server, string slug, string sku)
    {
        using var response = await server.Client.PostAsJsonAsync($"/{slug}/api/v1/orders", RunningTests.Wish(sku));
        return response.IsSuccessStatusCode ? "ordered" : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }
}
