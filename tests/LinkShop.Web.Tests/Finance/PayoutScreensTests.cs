using System.Globalization;
using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>Payouts and payees by their screens: what the core refuses, the screen says, and nothing moves.</summary>
[Collection("mall")]
public sealed class PayoutScreensTests(MallFixture mall)
{
    [Fact]
    public async Task A_payout_to_an_unverified_destination_is_refused_with_everything_that_is_missing()
    {
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var page = await admin.ReadAsync("/Admin/Payouts/Create", MallFixture.OtherMall);
        Assert.Contains("缺少收款人姓名和证件号", page, StringComparison.Ordinal);
        Assert.Contains("还没有收款账户", page, StringComparison.Ordinal);
        var refused = await admin.PostAsync("/Admin/Payouts/Create", await admin.ReadAsync("/Admin/Fees/Index", MallFixture.OtherMall), MallFixture.OtherMall, ("Once", Guid.NewGuid().ToString("n")), ("Owner", ""), ("Currency", "CNY"), ("Amount", "1.00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("收款人没有税号", refused.Html, StringComparison.Ordinal);
        Assert.Contains("钱包可用余额不足", refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored("select count(*) from payout where tenant = 'Other'"));
    }

    [Theory]
    [InlineData("1.001")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("ten")]
    public async Task An_amount_that_cannot_be_is_refused_and_nothing_is_held(string amount)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var refused = await admin.PostAsync("/Admin/Payouts/Create", await admin.ReadAsync("/Admin/Fees/Index"), ("Once", Guid.NewGuid().ToString("n")), ("Owner", ""), ("Currency", "CNY"), ("Amount", amount));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("role=\"alert\"", refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored("select count(*) from payout"));
    }

    [Fact]
    public async Task A_payee_is_stored_with_a_mask_and_who_entered_it_cannot_vouch_for_it()
    {
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var form = await admin.ReadAsync("/Admin/Payees/Edit?owner=user-ann", MallFixture.OtherMall);
        (string, string)[] fields =
        [
            ("Owner", "user-ann"), ("Name", "Ann"), ("LegalName", "安宁"), ("IdNumber", "110101199003070017"), ("TaxId", "91110000600037341L"), ("TaxCountry", "CN"),
            ("Way", "Bank:manual"), ("Account", "6222021234567890"), ("AccountName", "安宁"), ("Bank", "招商银行"),
        ];
        var saved = await admin.PostAsync("/Admin/Payees/Edit", form, MallFixture.OtherMall, fields);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        var list = await admin.ReadAsync("/Admin/Payees/Index", MallFixture.OtherMall);
        Assert.Contains("招商银行 ****7890", list, StringComparison.Ordinal);
        Assert.DoesNotContain("6222021234567890", list, StringComparison.Ordinal);
        // they aren't asked to, and can't all the same
        var page = await admin.ReadAsync("/Admin/Payees/Edit?owner=user-ann", MallFixture.OtherMall);
        Assert.Contains("须由另一位工作人员核实", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Payees/Verify", page, StringComparison.Ordinal);
        var version = mall.Stored("select version from payee where owner = 'user-ann'").ToString(CultureInfo.InvariantCulture);
        var vouched = await admin.PostAsync("/Admin/Payees/Verify", saved.Html, MallFixture.OtherMall, ("owner", "user-ann"), ("version", version), ("what", "destination"));
        Assert.Contains("必须由另一个人", vouched.Html, StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored("select count(*) from payee where destination_verified_at is not null"));

        var wrong = await admin.PostAsync("/Admin/Payees/Edit", form, MallFixture.OtherMall, [.. fields.Select(f => f.Item1 == "Bank" ? ("Bank", "") : f)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("开户银行：请填写", wrong.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_becomes_a_merchant_and_a_products_editor_offers_them()
    {
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var form = await admin.ReadAsync("/Admin/Merchants/Edit", MallFixture.OtherMall);
        var nobody = await admin.PostAsync("/Admin/Merchants/Edit", form, MallFixture.OtherMall, ("User", "nobody-here"), ("Name", "Nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.Status);
        Assert.Contains("没有这个用户名", nobody.Html, StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored("select count(*) from merchant where name = 'Nobody'"));
        var saved = await admin.PostAsync("/Admin/Merchants/Edit", form, MallFixture.OtherMall, ("User", LinkShopServer.AdminUser), ("Name", "玄夜游戏"), ("Tier", "gold"));
        Assert.Contains("gold", saved.Html, StringComparison.Ordinal);
        Assert.Equal(1, mall.Stored("select count(*) from merchant where tenant = 'Other' and tier = 'gold'"));
        Assert.Contains("玄夜游戏", await admin.ReadAsync("/Admin/Contents/ContentItems/goods-xuanye/Edit", MallFixture.OtherMall), StringComparison.Ordinal);
    }
}
