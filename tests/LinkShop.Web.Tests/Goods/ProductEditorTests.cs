using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Goods;

[Collection("mall")]
public sealed class ProductEditorTests(MallFixture mall)
{
    private const string Part = "VirtualGoodsPart.";

    [Fact]
    public async Task Every_wrong_input_is_named_what_was_typed_comes_back_and_nothing_is_saved()
    {
        const string Product = "goods-perch";
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var before = await SkusAsync(Product);
        var form = await EditAsync(admin, Product);
        form[Part + "Skus[0].Price"] = "eight";
        form[Part + "Skus[0].Tiers"] = "10 = 99\n5 = 98";
        form[Part + "Skus[0].PoolId"] = "";
        form[Part + "Skus[0].MinPerOrder"] = "0";
        form[Part + "BuyerFields[0].Name"] = "1account";
        var html = await PublishAsync(admin, Product, form);

        Assert.Contains("“eight”不是有效金额", ShopAdmin.TextOf(html), StringComparison.Ordinal);
        Assert.Contains("批发价须从 2 件起", ShopAdmin.TextOf(html), StringComparison.Ordinal);
        Assert.Contains("需要选择卡密库", ShopAdmin.TextOf(html), StringComparison.Ordinal);
        Assert.Contains("最少购买数量须在 1 到 1000 之间", ShopAdmin.TextOf(html), StringComparison.Ordinal);
        Assert.Contains("“1account”须以字母开头", ShopAdmin.TextOf(html), StringComparison.Ordinal);
        Assert.Equal("eight", ShopAdmin.FieldsOf(html)[Part + "Skus[0].Price"]);
        Assert.Equal(before.GetProperty("skus")[0].GetProperty("priceMinor").GetInt64(), (await SkusAsync(Product)).GetProperty("skus")[0].GetProperty("priceMinor").GetInt64());
    }

    [Fact]
    public async Task A_variant_code_of_another_product_is_refused()
    {
        const string Product = "goods-tinbox";
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var form = await EditAsync(admin, Product);
        form[Part + "Skus[0].Id"] = "XY-100";
        Assert.Contains("“XY-100”已被其他商品使用", ShopAdmin.TextOf(await PublishAsync(admin, Product, form)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variant_without_a_code_is_given_one_for_good_and_a_code_that_is_taken_out_is_no_new_variant()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var product = await CreateAsync(admin, "", "11.00");
        var code = (await SkusAsync(product)).GetProperty("skus")[0].GetProperty("id").GetString()!;
        Assert.Matches("^[2-9A-Z]{10}$", code);
        Assert.Equal(1100, await PriceAtCheckoutAsync(code));
        // a second variant, whose first one stays what it is
        var form = await EditAsync(admin, product);
        (form[Part + "Skus[1].Id"], form[Part + "Skus[1].Name"], form[Part + "Skus[1].Price"]) = ("", "Two", "21.00");
        (form[Part + "Skus[1].Delivery"], form[Part + "Skus[1].DeliveryText"]) = ("Text", "the second");
        await PublishAsync(admin, product, form);
        var skus = (await SkusAsync(product)).GetProperty("skus").EnumerateArray().Select(s => s.GetProperty("id").GetString()!).ToList();
        Assert.Equal((2, code), (skus.Distinct().Count(), skus[0]));

        form = await EditAsync(admin, product);
        form[Part + "Skus[0].Id"] = "";
        Assert.Contains("须为 1 到 64 个字母", ShopAdmin.TextOf(await PublishAsync(admin, product, form)), StringComparison.Ordinal);
        Assert.Equal(skus, (await SkusAsync(product)).GetProperty("skus").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task What_the_checkout_would_refuse_the_editor_refuses()
    {
        const string Product = "goods-tinbox";
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var before = await SkusAsync(Product);
        var form = await EditAsync(admin, Product);
        form[Part + "Skus[0].Price"] = "77.77";
        for (var i = 0; i < 21; i++)
        {
            form[$"{Part}BuyerFields[{i}].Name"] = i == 0 ? new string('a', 41) : "field" + i;
            form[$"{Part}BuyerFields[{i}].Kind"] = i == 1 ? "Choice" : "Text";
            form[$"{Part}BuyerFields[{i}].MaxLength"] = "20";
        }

        form[Part + "BuyerFields[1].Choices"] = string.Join('\n', Enumerable.Range(1, 201));
        form[Part + "BuyerFields[2].Pattern"] = new string('a', 501);
        var said = ShopAdmin.TextOf(await PublishAsync(admin, Product, form));
        Assert.Contains("最多 40 个字母、数字或下划线", said, StringComparison.Ordinal);
        Assert.Contains("一件商品最多向买家询问 20 项信息", said, StringComparison.Ordinal);
        Assert.Contains("“field1”的选项超过 200 个", said, StringComparison.Ordinal);
        Assert.Contains("“field2”的格式表达式超过 500 个字符", said, StringComparison.Ordinal);

        form = await EditAsync(admin, Product);
        form[Part + "Skus[0].Name"] = "far";
        form[Part + "Translations[0].Title"] = new string('长', 21_000);
        Assert.Contains("标题、简介和名称合计过长", ShopAdmin.TextOf(await PublishAsync(admin, Product, form)), StringComparison.Ordinal);
        Assert.Equal(before.GetRawText(), (await SkusAsync(Product)).GetRawText());
    }

    [Fact]
    public async Task The_code_of_a_product_that_was_deleted_can_be_used_again_and_the_checkout_sells_the_new_one()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var code = "RE-" + Guid.NewGuid().ToString("n")[..8];
        var first = await CreateAsync(admin, code, "11.00");
        Assert.Equal(1100, await PriceAtCheckoutAsync(code));
        using (var removed = await admin.PostAsync($"/Admin/Contents/ContentItems/{first}/Delete", await EditAsync(admin, first)))
            removed.EnsureSuccessStatusCode();
        Assert.False(await CanOrderAsync(code));

        await CreateAsync(admin, code, "22.00");
        Assert.Equal(2200, await PriceAtCheckoutAsync(code));
    }

    [Fact]
    public async Task A_link_with_the_editors_defaults_is_one_per_order_until_each_is_said_to_count()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var code = "LINK-" + Guid.NewGuid().ToString("n")[..8];
        var product = await CreateAsync(admin, code, "20.00");
        Assert.Equal(1, (await SkusAsync(product)).GetProperty("skus")[0].GetProperty("maxPerOrder").GetInt32());
        using (var refused = await mall.PostAsync("/api/v1/orders", Order(code, 3)))
        {
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(("one_per_order", true), (problem.GetProperty("code").GetString(), problem.GetProperty("errors").TryGetProperty("lines[0].quantity", out _)));
        }

        var form = await EditAsync(admin, product);
        form[Part + "Skus[0].PerUnit"] = "true";
        await PublishAsync(admin, product, form);
        using var three = await mall.PostAsync("/api/v1/orders", Order(code, 3));
        Assert.Equal(6000, (await three.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("total").GetProperty("minor").GetInt64());
    }

    private static async Task<string> CreateAsync(ShopAdmin admin, string code, string price)
    {
        var create = await admin.GetAsync("/Admin/Contents/ContentTypes/Product/Create");
        Assert.Contains("新建：商品", ShopAdmin.TextOf(create), StringComparison.Ordinal);
        var form = ShopAdmin.FieldsOf(create);
        form["TitlePart.Title"] = "Made " + Guid.NewGuid().ToString("n")[..8];
        form[Part + "Skus[0].Id"] = code;
        form[Part + "Skus[0].Price"] = price;
        form[Part + "Skus[0].Delivery"] = "Text";
        form[Part + "Skus[0].DeliveryText"] = "what is bought";
        form["submit.Publish"] = "submit.Publish";
        using var made = await admin.PostAsync("/Admin/Contents/ContentTypes/Product/Create", form);
        made.EnsureSuccessStatusCode();
        // by the title, which nobody else's product has: other tests make products of this mall meanwhile
        var list = await admin.GetAsync("/Admin/Products?Q=" + Uri.EscapeDataString(form["TitlePart.Title"]));
        return System.Text.RegularExpressions.Regex.Match(list, "/ContentItems/([^/\"]+)/Edit").Groups[1].Value;
    }

    [Fact]
    public async Task Publications_at_once_end_with_the_last_state_at_the_checkout()
    {
        const string Product = "goods-modou";
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        await Task.WhenAll(Enumerable.Range(1, 12).Select(async i =>
        {
            var form = await EditAsync(admin, Product);
            form[Part + "Skus[0].Price"] = $"{280 + i}.00";
            form[Part + "Skus[0].Tiers"] = "";
            await PublishAsync(admin, Product, form);
        }));

        var published = (await SkusAsync(Product)).GetProperty("skus")[0].GetProperty("priceMinor").GetInt64();
        Assert.InRange(published, 28100, 29200);
        Assert.Equal(published, await PriceAtCheckoutAsync("MD-1Y"));
    }

    [Fact]
    public async Task A_product_that_is_taken_off_cannot_be_bought_and_can_again_when_it_is_back()
    {
        const string Product = "goods-aurora";
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        using var off = await admin.PostAsync($"/Admin/Contents/ContentItems/{Product}/Unpublish", await EditAsync(admin, Product));
        off.EnsureSuccessStatusCode();
        Assert.False(await CanOrderAsync("AU-20"));
        await PublishAsync(admin, Product, await EditAsync(admin, Product));
        Assert.True(await CanOrderAsync("AU-20"));
    }

    [Fact]
    public async Task What_buyers_pay_for_is_not_stored_in_clear()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        Assert.DoesNotContain("WuGang2026", await admin.GetAsync("/Admin/Contents/ContentItems/goods-guide/Edit"), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(mall.Server.DataPath, "content.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("WuGang2026", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<Dictionary<string, string>> EditAsync(ShopAdmin admin, string product) =>
        ShopAdmin.FieldsOf(await admin.GetAsync($"/Admin/Contents/ContentItems/{product}/Edit"));

    private static async Task<string> PublishAsync(ShopAdmin admin, string product, Dictionary<string, string> form)
    {
        form["submit.Publish"] = "submit.Publish";
        using var response = await admin.PostAsync($"/Admin/Contents/ContentItems/{product}/Edit", form);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<JsonElement> SkusAsync(string product) =>
        JsonDocument.Parse(await mall.Server.Client.GetStringAsync($"/{LinkShopServer.Mall}/api/v1/products/{product}")).RootElement;

    private async Task<long> PriceAtCheckoutAsync(string sku)
    {
        using var response = await mall.PostAsync("/api/v1/orders", Order(sku));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("total").GetProperty("minor").GetInt64();
    }

    private async Task<bool> CanOrderAsync(string sku)
    {
        using var response = await mall.PostAsync("/api/v1/orders", Order(sku));
        return response.IsSuccessStatusCode;
    }

    private static object Order(string sku, int quantity = 1) => new
    {
        lines = new[] { new { skuId = sku, quantity } },
        contact = MallFixture.Unique("buyer") + "@test.example",
        lookupPassword = "a password",
    };
}
