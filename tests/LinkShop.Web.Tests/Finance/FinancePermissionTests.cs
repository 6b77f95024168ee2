using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>Who may see and change what about a mall's money.</summary>
[Collection("mall")]
public sealed class FinancePermissionTests(MallFixture mall)
{
    [Fact]
    public async Task Staff_without_the_permission_see_no_payouts_payees_merchants_or_files_and_change_none()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, _) = await mall.UserAsync(admin, "Support");
        using var signedIn = client;
        var page = await client.ReadAsync("/Admin/Orders/Index");
        string[] screens =
        [
            "Payouts/Index", "Payouts/Create", "Payouts/Details/some-payout", "Payees/Index", "Payees/Edit", "Merchants/Index", "Merchants/Edit", "Reconciliation/Index", "Reconciliation/Details/x", "Reconciliation/Export/x", "Arrivals/Index",
            "Finance/Index", "Finance/Wallet",
        ];
        foreach (var screen in screens)
        {
            using var seen = await client.GetAsync(MallPages.At("/Admin/" + screen));
            Assert.Equal((screen, HttpStatusCode.Forbidden), (screen, seen.StatusCode));
        }

        string[] acts =
        [
            "Payouts/Create", "Payouts/Approve/some-payout", "Payouts/Reject/some-payout", "Payouts/Send/some-payout", "Payouts/ConfirmPaid/some-payout", "Payouts/ConfirmFailed/some-payout", "Payouts/Cancel/some-payout",
            "Payouts/BankFile", "Payees/Edit", "Payees/Verify", "Merchants/Edit", "Reconciliation/Import", "Reconciliation/Resolve/x", "Arrivals/Record", "Arrivals/TakeBack/x",
        ];
        foreach (var act in acts)
        {
            Assert.Equal((act, HttpStatusCode.Forbidden), (act, (await client.PostAsync("/Admin/" + act, page, ("Name", "Mine"), ("Owner", ""))).Status));
            // and whoever may, not without the form's token
            using var bare = new FormUrlEncodedContent([KeyValuePair.Create("Name", "Mine")]);
            using var answer = await admin.PostAsync(MallPages.At("/Admin/" + act), bare);
            Assert.Equal((act, HttpStatusCode.BadRequest), (act, answer.StatusCode));
        }

        Assert.Equal(0, mall.Stored("select (select count(*) from merchant where name = 'Mine') + (select count(*) from payout) + (select count(*) from payee where owner = '')"));
    }

    [Fact]
    public async Task A_merchant_sees_and_changes_their_own_money_whatever_the_address_says()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (merchant, name) = await mall.UserAsync(admin, "Merchant");
        using var signedIn = merchant;
        Assert.Contains(name, await merchant.ReadAsync("/Admin/Finance/Wallet?owner="), StringComparison.Ordinal);
        Assert.Contains(name, await merchant.ReadAsync("/Admin/Finance/Wallet?owner=user-ann"), StringComparison.Ordinal);
        foreach (var screen in new[] { "Finance/Index", "Payees/Index", "Merchants/Index", "Reconciliation/Index", "Fees/Index", "Orders/Index" })
        {
            using var seen = await merchant.GetAsync(MallPages.At("/Admin/" + screen));
            Assert.Equal((screen, HttpStatusCode.Forbidden), (screen, seen.StatusCode));
        }

        Assert.Contains("/Admin/Payouts/BankFile", await admin.ReadAsync("/Admin/Payouts/Index"), StringComparison.Ordinal);
        Assert.DoesNotContain("/Admin/Payouts/BankFile", await merchant.ReadAsync("/Admin/Payouts/Index"), StringComparison.Ordinal);

        // an order of the shop's own goods is nobody else's business, whoever is named
        var order = await mall.OrderAsync();
        using (await mall.CallbackAsync(order)) { }
        foreach (var owner in new[] { "", "&owner=" })
        {
            using var seen = await merchant.GetAsync(MallPages.At($"/Admin/Finance/Earning?order={order.OrderId}{owner}"));
            Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
        }

        Assert.Contains("依据规则“平台佣金”", await admin.ReadAsync($"/Admin/Finance/Earning?order={order.OrderId}"), StringComparison.Ordinal);

        var form = await merchant.ReadAsync("/Admin/Payees/Edit?owner=");
        (string, string)[] fields =
        [
            ("Owner", ""), ("Name", "Mine " + name), ("LegalName", "安宁"), ("IdNumber", "110101199003070017"), ("TaxId", "91110000600037341L"), ("TaxCountry", "CN"),
            ("Way", "Alipay:manual"), ("Account", "ann@alipay.example"), ("AccountName", "安宁"),
        ];
        Assert.Equal(HttpStatusCode.OK, (await merchant.PostAsync("/Admin/Payees/Edit", form, fields)).Status);
        Assert.Equal(0, mall.Stored("select count(*) from payee where owner = ''"));
        Assert.Equal(1, mall.Stored("select count(*) from payee where tenant = 'GameCards' and owner <> '' and destination_mask like 'Alipay%'"));
        // the wallet of the shop may have enough; this one has nothing
        var refused = await merchant.PostAsync("/Admin/Payouts/Create", form, ("Once", Guid.NewGuid().ToString("n")), ("Owner", ""), ("Currency", "CNY"), ("Amount", "1.00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("钱包可用余额不足", refused.Html, StringComparison.Ordinal);
        foreach (var act in new[] { "Payees/Verify", "Payouts/Approve/some-payout", "Payouts/BankFile" })
        {
            Assert.Equal((act, HttpStatusCode.Forbidden), (act, (await merchant.PostAsync("/Admin/" + act, form, ("owner", ""), ("version", "1"))).Status));
        }
    }
}
