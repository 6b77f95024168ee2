using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>Coupons that are in use are changed on their page.</summary>
[Collection("mall")]
public sealed class CouponScreensTests(MallFixture mall)
{
    [Fact]
    public async Task Staff_change_a_coupons_limits_and_time_and_not_what_it_takes_off()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var code = await MakeAsync(admin);
        var edit = "/Admin/Coupons/Edit/" + code;
        Assert.Contains(edit, await admin.ReadAsync("/Admin/Coupons/Index"), StringComparison.Ordinal);
        var page = await admin.ReadAsync(edit);
        var form = ShopAdmin.FieldsOf(page);
        Assert.Equal(("2031-05-04T06:30", "9", ""), (form["ValidUntil"], form["MaxUses"], form["Minimum"]));
        Assert.False(form.ContainsKey("Value"));

        // a value that is sent all the same changes nothing
        var saved = await admin.PostAsync(edit, page, With(form, ("Value", "90"), ("Kind", "Fixed"), ("Currency", "USD"), ("MaxUses", "12"), ("Minimum", "999.00")));
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Contains("/ 12", saved.Html, StringComparison.Ordinal);
        Assert.Contains("2031/5/4 06:30", saved.Html, StringComparison.Ordinal);
        Assert.Contains("10 %", saved.Html, StringComparison.Ordinal);
        var checkout = $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1&coupon={code}";
        Assert.Contains("field-validation-error", await mall.Server.Client.GetStringAsync(new Uri(checkout, UriKind.Relative)), StringComparison.Ordinal);

        // somebody who had the page open before is shown what it is now, and has changed nothing
        var late = await admin.PostAsync(edit, page, With(form, ("MaxUses", "3")));
        Assert.Equal((HttpStatusCode.OK, "12"), (late.Status, ShopAdmin.FieldsOf(late.Html)["MaxUses"]));
        Assert.Contains("有人同时", late.Html, StringComparison.Ordinal);
        var again = await admin.ReadAsync(edit);
        await admin.PostAsync(edit, again, With(ShopAdmin.FieldsOf(again), ("Minimum", "")));
        var total = MallFixture.Hidden(await mall.Server.Client.GetStringAsync(new Uri(checkout, UriKind.Relative)), "ExpectedTotal");
        Assert.Equal(mall.Card.Price - (mall.Card.Price / 10), long.Parse(total, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Mistakes_are_shown_on_the_page_and_nobody_without_the_permission_gets_there()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var code = await MakeAsync(admin);
        var edit = "/Admin/Coupons/Edit/" + code;
        var page = await admin.ReadAsync(edit);
        var wrong = await admin.PostAsync(edit, page, With(ShopAdmin.FieldsOf(page), ("Minimum", "much"), ("MaxUses", "0")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("text-danger", wrong.Html, StringComparison.Ordinal);
        Assert.Equal("9", ShopAdmin.FieldsOf(await admin.ReadAsync(edit))["MaxUses"]);
        // what isn't even a number is said in the reader's language, and not by a property's name
        var tooBig = await admin.PostAsync(edit, page, With(ShopAdmin.FieldsOf(page), ("MaxUses", "99999999999")));
        Assert.Contains("“99999999999”无法识别", ShopAdmin.TextOf(tooBig.Html), StringComparison.Ordinal);
        Assert.DoesNotContain("is not valid", tooBig.Html, StringComparison.Ordinal);
        var never = await admin.PostAsync(edit, page, With(ShopAdmin.FieldsOf(page), ("ValidUntil", "0001-01-01T00:00")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, never.Status);
        Assert.Equal("2031-05-04T06:30", ShopAdmin.FieldsOf(await admin.ReadAsync(edit))["ValidUntil"]);
        using var missing = await admin.GetAsync(MallPages.At("/Admin/Coupons/Edit/NOSUCHCODE"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        var (support, _) = await mall.UserAsync(admin, "Support");
        using var staff = support;
        using var refused = await staff.GetAsync(MallPages.At(edit));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var forged = await admin.PostAsync(MallPages.At(edit), new FormUrlEncodedContent([new("MaxUses", "1")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task A_coupon_is_narrowed_down_to_goods_and_categories_that_there_are()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var code = MallFixture.Unique("N").ToUpperInvariant();
        (string, string)[] terms = [("Code", code), ("Kind", "Percentage"), ("Currency", "CNY"), ("Value", "10")];
        var page = await admin.ReadAsync("/Admin/Coupons/Create");
        Assert.Contains($"name=\"Skus\" value=\"{mall.Card.SkuId}\"", page, StringComparison.Ordinal);
        var nothing = await admin.PostAsync("/Admin/Coupons/Create", page, [.. terms, ("MoreSkus", "NOPE"), ("Categories", "nonsense")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.Status);
        Assert.Contains("没有编码为“NOPE”的规格", ShopAdmin.TextOf(nothing.Html), StringComparison.Ordinal);
        Assert.Contains("没有这个分类：nonsense", ShopAdmin.TextOf(nothing.Html), StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored($"select count(*) from coupons where code = '{code}'"));
        var tooMuch = await admin.PostAsync("/Admin/Coupons/Create", page, ("Code", code), ("Kind", "Percentage"), ("Currency", "CNY"), ("Value", "150"));
        Assert.Contains("0.01 到 100 之间的百分比", ShopAdmin.TextOf(tooMuch.Html), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/Admin/Coupons/Create", page, [.. terms, ("Skus", mall.Card.SkuId)])).Status);
        var edit = await admin.ReadAsync("/Admin/Coupons/Edit/" + code);
        Assert.Matches($"name=\"Skus\" value=\"{mall.Card.SkuId}\"[^>]*checked", edit);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(edit, "name=\"Skus\"[^>]*checked"));
    }

    [Fact]
    public async Task A_coupon_that_this_buyer_has_used_counts_no_more_in_the_total_that_is_shown()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var code = MallFixture.Unique("ONCE").ToUpperInvariant();
        await admin.PostAsync("/Admin/Coupons/Create", await admin.ReadAsync("/Admin/Coupons/Create"), ("Code", code), ("Kind", "Percentage"), ("Currency", "CNY"), ("Value", "10"), ("MaxUsesPerBuyer", "1"));
        var contact = MallFixture.Unique("once") + "@test.example";
        using var buyer = mall.Server.NewClient();
        var (first, _) = await PlaceAsync();
        Assert.Equal(HttpStatusCode.OK, first);

        var (status, html) = await PlaceAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("您已使用过此优惠券", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-discount", html, StringComparison.Ordinal);
        Assert.Equal(mall.Card.Price.ToString(System.Globalization.CultureInfo.InvariantCulture), MallFixture.Hidden(html, "ExpectedTotal"));
        Assert.Equal(1, mall.Stored($"select count(*) from orders where coupon = '{code}'"));

        async Task<(HttpStatusCode Status, string Html)> PlaceAsync()
        {
            var page = await buyer.ReadAsync($"/checkout?sku={mall.Card.SkuId}&quantity=1&coupon={code}");
            return await buyer.PostAsync("/checkout?sku=" + mall.Card.SkuId, page,
                ("Sku", mall.Card.SkuId), ("Quantity", "1"), ("Coupon", code), ("Key", MallFixture.Hidden(page, "Key")), ("ExpectedTotal", MallFixture.Hidden(page, "ExpectedTotal")),
                ("Contact", contact), ("LookupPassword", "a password"), ("Provider", "sandbox"));
        }
    }

    private static async Task<string> MakeAsync(HttpClient admin)
    {
        var code = MallFixture.Unique("E").ToUpperInvariant();
        var made = await admin.PostAsync("/Admin/Coupons/Create", await admin.ReadAsync("/Admin/Coupons/Create"),
            ("Code", code), ("Kind", "Percentage"), ("Currency", "CNY"), ("Value", "10"), ("MaxUses", "9"), ("ValidUntil", "2031-05-04T06:30"));
        Assert.Contains(code, made.Html, StringComparison.Ordinal);
        return code;
    }

    /// <summary>The fields of the form, some of them filled in differently.</summary>
    private static (string, string)[] With(Dictionary<string, string> form, params (string Name, string Value)[] changes)
    {
        var fields = ((string[])["Version", "Minimum", "ValidUntil", "MaxUses", "MaxUsesPerBuyer"]).ToDictionary(name => name, name => form[name]);
        foreach (var (name, value) in changes)
            fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }
}
