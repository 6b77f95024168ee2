using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

[Collection("shops")]
public sealed class PlanTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_paid_plan_is_on_and_later_orders_pay_its_commission_while_earlier_ones_keep_theirs(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var sku = await RunningTests.SellAsync(ann, slug);
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop);
        var before = await BuyAsync(server, "/" + slug, sku, null);
        Assert.Contains("规则“免费版”", (await admin.GetAsync($"/{slug}/Admin/Orders/Detail/{before}")).Text, StringComparison.Ordinal);
        Assert.Contains("免费版", (await ann.GetAsync($"/{slug}/Admin/ShopDesk/Plan")).Text, StringComparison.Ordinal);

        var plans = await ann.GetAsync("/plans?shop=" + slug);
        Assert.Equal(HttpStatusCode.OK, plans.Status);
        Assert.Contains("¥49.00", plans.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{slug}\"", plans.Html, StringComparison.Ordinal);
        var checkout = await ann.GetAsync($"/checkout?sku=plan-pro-month&Fields[shop]={slug}");
        Assert.Contains($"value=\"{slug}\"", checkout.Html, StringComparison.Ordinal);
        await BuyAsync(server, "", "plan-pro-month", slug);
        await Eventually.HoldsAsync(async () => (await ann.GetAsync($"/{slug}/Admin/ShopDesk/Plan")).Text.Contains("专业版", StringComparison.Ordinal), () => "the plan isn't on");
        await Eventually.HoldsAsync(async () => (await admin.GetAsync($"/{slug}/Admin/Orders/Detail/{await BuyAsync(server, "/" + slug, sku, null)}")).Text.Contains("规则“专业版”", StringComparison.Ordinal), () => "orders are charged by the old plan");
        Assert.Contains("规则“免费版”", (await admin.GetAsync($"/{slug}/Admin/Orders/Detail/{before}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_refund_of_one_shops_plan_leaves_the_other_shops_in_the_same_order_as_it_is(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var (slug, other) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        var (kept, given) = (await ann.OpenAndEnterAsync(slug, "Ann"), await ann.OpenAndEnterAsync(other, "Too"));
        var order = await BuyAsync(server, "", ("plan-pro-month", slug), ("plan-brand-month", other));
        async Task<string> TermAsync(string shop) => Regex.Match((await admin.GetAsync("/Admin/Shops/Plan/" + shop)).Html, $"<tr>(?:(?!</tr>).)*{order}.*?</tr>", RegexOptions.Singleline).Value;
        await Eventually.HoldsAsync(async () => (await TermAsync(kept)).Length > 0 && (await TermAsync(given)).Length > 0, () => "the plans aren't on");
        var (before, gone) = (await TermAsync(kept), await TermAsync(given));
        await admin.SubmitAsync("/Admin/Orders/Detail/" + order, "/Admin/Orders/Refund/" + order, ("Amounts[2]", "99.00"), ("Reason", "Other"));
        await Eventually.HoldsAsync(async () => await TermAsync(given) != gone, () => "the refunded plan is as long as before");
        Assert.Equal(before, await TermAsync(kept));
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Above_the_plan_nothing_is_added_of_two_at_once_one_and_what_is_there_stays(string database)
    {
        var server = await platforms.OnAsync(database);
        using var admin = await Person.AdministratorAsync(server);
        var tiny = "tiny-" + ShopPlatforms.Word();
        const string Create = "/Admin/Contents/ContentTypes/ShopPlan/Create";
        var made = await admin.SubmitAsync(Create, Create, ("TitlePart.Title", "Tiny"), ("ShopPlanPart.Code", tiny), ("ShopPlanPart.Products", "2"), ("ShopPlanPart.Staff", "1"),
            ("ShopPlanPart.StorageMb", "0"), ("ShopPlanPart.FeePercent", "4"), ("submit.Publish", "submit.Publish"));
        Assert.NotEqual(Create, made.Path);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        await RunningTests.SellAsync(ann, slug);
        Assert.Contains("原因", (await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", tiny), ("reason", " "))).Text, StringComparison.Ordinal);
        await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", tiny), ("reason", "A test"));
        Assert.Contains("A test", (await admin.GetAsync("/Admin/Shops/Detail/" + shop)).Text, StringComparison.Ordinal);

        var form = await ProductFormAsync(ann, slug);
        var two = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => ann.PostAsync($"/{slug}/Admin/Contents/ContentTypes/Product/Create", With(form, i))));
        Assert.Single(two, page => page.Text.Contains("您的套餐最多 2 个商品", StringComparison.Ordinal));
        var third = await ann.PostAsync($"/{slug}/Admin/Contents/ContentTypes/Product/Create", With(form, 3));
        Assert.Contains("您的套餐最多 2 个商品", third.Text, StringComparison.Ordinal);

        var users = $"/{slug}/Admin/Users/Create";
        Assert.NotEqual(users, (await StaffAsync("one")).Path);
        Assert.Contains("没有更多店员名额", (await StaffAsync("two")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("two-" + slug, (await ann.GetAsync($"/{slug}/Admin/Users?q=two")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync($"/{slug}/Admin/ShopDesk/Plan")).Status);

        // a picture in the look
        var look = ShopAdmin.FieldsOf((await ann.GetAsync($"/{slug}/Admin/ShopDesk/Look")).Html);
        var refused = await ann.PostAsync($"/{slug}/Admin/ShopDesk/Look", look, "Logo", ShopPlatforms.Png);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("存储空间，已经用完", refused.Text, StringComparison.Ordinal);

        Task<Page> StaffAsync(string name) => ann.SubmitAsync(users, users, ("UserName", $"{name}-{slug}"), ("Email", $"{name}-{slug}@test.example"), ("Password", "Long enough 1"), ("RoleNames", "Manager"));
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Without_room_for_their_pictures_goods_of_others_are_sold_all_the_same(string database)
    {
        var server = await platforms.OnAsync(database);
        using var admin = await Person.AdministratorAsync(server);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        await PlanAsync("9", "no room for files");

        var goods = $"/{slug}/Admin/Resale/Goods";
        var add = OffersOn(await ann.GetAsync(goods))[0];
        var listed = await ann.SubmitAsync(add, goods + "/Add", ("GoodsTitle", "Flat goods"), ("Price", "99.00"));
        Assert.Contains("商品已在您的店铺上架", listed.Text, StringComparison.Ordinal);
        Assert.Contains("存储空间，已经用完", listed.Text, StringComparison.Ordinal);
        Assert.Contains("Flat goods", (await ann.GetAsync($"/{slug}/search?q=Flat")).Text, StringComparison.Ordinal);

        // and what a plan has no room for can be put on sale once it has
        await PlanAsync("1", "now one");
        var second = OffersOn(await ann.GetAsync(goods))[0];
        Assert.NotEqual(add, second);
        Assert.Contains("您的套餐最多 1 个商品", (await ann.SubmitAsync(second, goods + "/Add", ("GoodsTitle", "Later goods"), ("Price", "98.00"))).Text, StringComparison.Ordinal);
        Assert.Equal(2, OffersOn(await ann.GetAsync(goods)).Count(o => o == second));
        Assert.DoesNotContain("Later goods", (await ann.GetAsync($"/{slug}/search?q=Later")).Text, StringComparison.Ordinal);
        await PlanAsync("9", "more again");
        Assert.Contains("商品已在您的店铺上架", (await ann.SubmitAsync(second, goods + "/Add", ("GoodsTitle", "Later goods"), ("Price", "98.00"))).Text, StringComparison.Ordinal);
        Assert.Contains("Later goods", (await ann.GetAsync($"/{slug}/search?q=Later")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(second, OffersOn(await ann.GetAsync(goods)));

        async Task PlanAsync(string products, string reason)
        {
            const string Create = "/Admin/Contents/ContentTypes/ShopPlan/Create";
            var plan = "flat-" + ShopPlatforms.Word();
            await admin.SubmitAsync(Create, Create, ("TitlePart.Title", "Flat"), ("ShopPlanPart.Code", plan), ("ShopPlanPart.Products", products), ("ShopPlanPart.Staff", "1"),
                ("ShopPlanPart.StorageMb", "0"), ("ShopPlanPart.FeePercent", "4"), ("submit.Publish", "submit.Publish"));
            await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", plan), ("reason", reason));
        }

        List<string> OffersOn(Page page) => [.. System.Text.RegularExpressions.Regex.Matches(page.Html, $"{goods}/Add[^\"]+").Select(m => System.Net.WebUtility.HtmlDecode(m.Value))];
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Staff_who_have_gone_are_not_counted_among_those_who_are_there(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        await AddAsync("gone");
        await AddAsync("left");
        Assert.Equal("2", await UsedAsync());
        await ann.SubmitAsync($"/{slug}/Admin/Users", $"/{slug}/Admin/Users/Delete/{await IdAsync("gone")}");
        Assert.Equal("1", await UsedAsync());
        var edit = $"/{slug}/Admin/Users/Edit/{await IdAsync("left")}";
        var form = ShopAdmin.FieldsOf((await ann.GetAsync(edit)).Html);
        form.Remove("RoleNames");
        await ann.PostAsync(edit, form);
        Assert.Equal("0", await UsedAsync());

        Task<Page> AddAsync(string name) => ann.SubmitAsync(
            $"/{slug}/Admin/Users/Create", $"/{slug}/Admin/Users/Create", ("UserName", $"{name}-{slug}"), ("Email", $"{name}-{slug}@test.example"), ("Password", "Long enough 1"), ("RoleNames", "Manager"));

        async Task<string> IdAsync(string name) =>
            System.Text.RegularExpressions.Regex.Match((await ann.GetAsync($"/{slug}/Admin/Users?q={name}-{slug}")).Html, "/Admin/Users/Edit/([0-9a-z]+)").Groups[1].Value;

        async Task<string> UsedAsync() =>
            System.Text.RegularExpressions.Regex.Match((await ann.GetAsync($"/{slug}/Admin/ShopDesk/Plan")).Text, "店员（店主除外） ([0-9]+)").Groups[1].Value;
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_plan_with_another_ones_code_or_with_variants_that_nobody_sells_is_refused_at_the_field(string database)
    {
        var server = await platforms.OnAsync(database);
        using var admin = await Person.AdministratorAsync(server);
        var code = "once-" + ShopPlatforms.Word();
        const string Create = "/Admin/Contents/ContentTypes/ShopPlan/Create";
        Assert.NotEqual(Create, (await MakeAsync(("ShopPlanPart.Products", "7"), ("submit.Save", "submit.Save"))).Path);
        // also a draft has it
        foreach (var taken in new[] { "pro", code })
        {
            var again = await MakeAsync(("ShopPlanPart.Code", taken), ("ShopPlanPart.Products", "1"), ("submit.Publish", "submit.Publish"));
            Assert.Equal((Create, HttpStatusCode.UnprocessableEntity), (again.Path, again.Status));
            Assert.Contains("已使用这个代码", FieldOf(again, "Code"), StringComparison.Ordinal);
        }

        var unknown = await MakeAsync(("ShopPlanPart.Code", code + "-2"), ("ShopPlanPart.MonthSku", "plan-pro-month"), ("ShopPlanPart.YearSku", "no-such-sku"), ("submit.Publish", "submit.Publish"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Equal(("", true), (FieldOf(unknown, "MonthSku"), FieldOf(unknown, "YearSku").Contains("no-such-sku", StringComparison.Ordinal)));
        Assert.Contains("1,000", (await admin.GetAsync("/plans")).Text, StringComparison.Ordinal);

        // its own code is no other's
        const string Pro = "/Admin/Contents/ContentItems/plan-pro/Edit";
        Assert.NotEqual(Pro, (await admin.SubmitAsync(Pro, Pro, ("submit.Publish", "submit.Publish"))).Path);

        Task<Page> MakeAsync(params (string Name, string Value)[] fields) =>
            admin.SubmitAsync(Create, Create, [("TitlePart.Title", "Once"), ("ShopPlanPart.Code", code), ("ShopPlanPart.Staff", "1"), ("ShopPlanPart.FeePercent", "4"), .. fields]);

        static string FieldOf(Page page, string field) =>
            System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page.Html, $"<span[^>]*data-valmsg-for=\"ShopPlanPart.{field}\"[^>]*>([^<]*)").Groups[1].Value);
    }

    private static async Task<Dictionary<string, string>> ProductFormAsync(Person owner, string slug)
    {
        var form = new Dictionary<string, string>(ShopAdmin.FieldsOf((await owner.GetAsync($"/{slug}/Admin/Contents/ContentTypes/Product/Create")).Html))
        {
            ["VirtualGoodsPart.Skus[0].Name"] = "One", ["VirtualGoodsPart.Skus[0].Price"] = "10.00", ["VirtualGoodsPart.Skus[0].Delivery"] = "Text",
            ["VirtualGoodsPart.Skus[0].DeliveryText"] = "Here you are", ["submit.Publish"] = "submit.Publish",
        };
        return form;
    }

    private static Dictionary<string, string> With(Dictionary<string, string> form, int number) => new(form)
    {
        ["TitlePart.Title"] = "Sample " + number, ["VirtualGoodsPart.Skus[0].Id"] = $"SKU-{ShopPlatforms.Word()}",
    };

    private static Task<string> BuyAsync(LinkShopServer server, string root, string sku, string? shop) => BuyAsync(server, root, (sku, shop));

    private static async Task<string> BuyAsync(LinkShopServer server, string root, params (string Sku, string? Shop)[] goods)
    {
        using var made = await server.Client.PostAsJsonAsync(root + "/api/v1/orders", new
        {
            lines = goods.Select(g => new { skuId = g.Sku, quantity = 1, fields = g.Shop is null ? new Dictionary<string, string>() : new() { ["shop"] = g.Shop } }), contact = ShopPlatforms.Word() + "@test.example", lookupPassword = "a password",
        });
        var order = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(made.IsSuccessStatusCode, order.ToString());
        var id = order.GetProperty("orderId").GetString()!;
        var body = JsonSerializer.Serialize(new { eventId = Guid.NewGuid().ToString("n"), type = "paid", orderId = id, amount = order.GetProperty("total").GetProperty("minor").GetInt64(), currency = "CNY" });
        using var callback = new HttpRequestMessage(HttpMethod.Post, root + "/payments/sandbox/callback") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        callback.Headers.TryAddWithoutValidation(SandboxGateway.SignatureHeader, SandboxGateway.Sign(Encoding.UTF8.GetBytes(body)));
        using var told = await server.Client.SendAsync(callback);
        Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync());
        return id;
    }
}
