using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Goods;

[Collection("mall")]
public sealed class ProductListTests(MallFixture mall)
{
    [Fact]
    public async Task The_list_has_title_price_and_stock_and_leads_to_the_editor_and_back()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var list = await admin.GetAsync("/Admin/Products?Q=XUANYE");
        Assert.Contains("玄野 OL 点卡", ShopAdmin.TextOf(list), StringComparison.Ordinal);
        Assert.Contains("在售", ShopAdmin.TextOf(list), StringComparison.Ordinal);
        Assert.Matches("¥[0-9]+\\.[0-9]{2}", ShopAdmin.TextOf(list));
        Assert.Contains("/Admin/Contents/ContentItems/goods-xuanye/Edit?returnUrl=", list, StringComparison.Ordinal);
        Assert.DoesNotContain("goods-perch", list, StringComparison.Ordinal);
        Assert.Contains("没有符合条件的商品", ShopAdmin.TextOf(await admin.GetAsync("/Admin/Products?Q=nothing-like-it")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_all_content_leads_to_where_visitors_find_it()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var list = await admin.GetAsync("/Admin/Contents/ContentItems?q=%E7%8E%84%E9%87%8E");
        Assert.Matches("href=\"[^\"]*/goods/xuanye\"", list);
        Assert.DoesNotContain("Contents/ContentItems/goods-xuanye\"", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_told_from_what_is_on_sale()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        const string Product = "goods-tinbox";
        var form = ShopAdmin.FieldsOf(await admin.GetAsync($"/Admin/Contents/ContentItems/{Product}/Edit"));
        form["submit.Save"] = "1";
        using var saved = await admin.PostAsync($"/Admin/Contents/ContentItems/{Product}/Edit", form);
        saved.EnsureSuccessStatusCode();
        var drafts = await admin.GetAsync("/Admin/Products?Status=draft");
        Assert.Contains(Product, drafts, StringComparison.Ordinal);
        Assert.Contains("有未发布的修改", ShopAdmin.TextOf(drafts), StringComparison.Ordinal);
        Assert.DoesNotContain("goods-perch", drafts, StringComparison.Ordinal);
        // it is still sold as it was
        var selling = await admin.GetAsync("/Admin/Products?Status=published&Q=%E9%93%81%E7%9B%92");
        Assert.Contains(Product, selling, StringComparison.Ordinal);
        Assert.Contains("有未发布的修改", ShopAdmin.TextOf(selling), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_needs_a_title()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/Contents/ContentItems/goods-perch/Edit"));
        form["TitlePart.Title"] = " ";
        form["submit.Publish"] = "1";
        using var refused = await admin.PostAsync("/Admin/Contents/ContentItems/goods-perch/Edit", form);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("请填写标题", ShopAdmin.TextOf(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains("栖木阅读", ShopAdmin.TextOf(await admin.GetAsync("/Admin/Products")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_pool_without_a_name_is_refused_as_such()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/KeyPools/Create"));
        form["Name"] = "";
        using var refused = await admin.PostAsync("/Admin/KeyPools/Create", form);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }
}
