using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>No screen about promotion leads where its reader can't go, or names things by what only the software knows.</summary>
[Collection("mall")]
public sealed class ReferralDeadEndTests(MallFixture mall)
{
    [Fact]
    public async Task A_link_to_goods_that_were_taken_down_says_so_to_visitors_and_to_its_promoter()
    {
        const string Product = "goods-aurora";
        var (promoter, _) = await ReferralScreensTests.PromoterAsync(mall);
        using var client = promoter;
        var made = await client.PostAsync("/account/promote/links", await client.ReadAsync("/account/promote/links"), ("Product", Product), ("Channel", "weibo"));
        var link = Regex.Match(made.Html, "/r/([0-9A-Za-z]+)\"").Groups[1].Value;
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var form = ShopAdmin.FieldsOf(await admin.GetAsync($"/Admin/Contents/ContentItems/{Product}/Edit"));
        using (var off = await admin.PostAsync($"/Admin/Contents/ContentItems/{Product}/Unpublish", form))
            off.EnsureSuccessStatusCode();
        try
        {
            using var visitor = mall.Server.NewClient();
            using var landed = await visitor.GetAsync(MallPages.At("/r/" + link));
            Assert.Equal(HttpStatusCode.NotFound, landed.StatusCode);
            Assert.Contains("链接已失效", await landed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var poster = await visitor.GetAsync(MallPages.At($"/r/{link}/poster.svg"));
            Assert.Equal(HttpStatusCode.NotFound, poster.StatusCode);
            var list = await client.ReadAsync("/account/promote/links");
            Assert.Contains("已下架", list, StringComparison.Ordinal);
            Assert.DoesNotContain($"/account/promote/links/{link}\"", list, StringComparison.Ordinal);
            Assert.DoesNotContain($"value=\"{Product}\"", list, StringComparison.Ordinal);
        }
        finally
        {
            var edited = ShopAdmin.FieldsOf(await admin.GetAsync($"/Admin/Contents/ContentItems/{Product}/Edit"));
            using var back = await admin.PostAsync($"/Admin/Contents/ContentItems/{Product}/Edit", edited.Append(new("submit.Publish", "submit.Publish")));
            back.EnsureSuccessStatusCode();
        }

        Assert.Contains($"/account/promote/links/{link}\"", await client.ReadAsync("/account/promote/links"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_frozen_reads_so_without_a_cases_number_and_is_offered_no_link_and_who_is_switched_off_reads_why()
    {
        var (promoter, link) = await ReferralScreensTests.PromoterAsync(mall);
        using var client = promoter;
        var user = mall.Text($"select promoter from referral_link where id = '{link}'");
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        Assert.Contains("创建链接", await client.ReadAsync("/account/promote"), StringComparison.Ordinal);
        await admin.PostAsync("/Admin/Referrals/Network/Open", await admin.ReadAsync("/Admin/Referrals/Network"), ("promoter", user), ("note", "Looks odd."));
        var id = mall.Text($"select id from referral_case where promoter = '{user}'");
        Assert.Contains(id, mall.Text($"select reason from referral_promoter where id = '{user}'"), StringComparison.Ordinal);
        var desk = await client.ReadAsync("/account/promote");
        Assert.Contains("审核中", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("创建链接", desk, StringComparison.Ordinal);
        foreach (var page in new[] { desk, await client.ReadAsync("/account/promote/links"), await admin.ReadAsync("/Admin/Referrals/Network?promoter=" + user) })
            Assert.DoesNotContain("case " + id, page, StringComparison.Ordinal);

        // nobody would earn by it, or save
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync());

        await admin.PostAsync($"/Admin/Referrals/Cases/Decide/{id}", await admin.ReadAsync("/Admin/Referrals/Cases/Detail/" + id), ("uphold", "false"), ("decision", "A club."));
        Assert.Equal(HttpStatusCode.OK, await LinkAsync());
        await admin.PostAsync("/Admin/Referrals/Network/Kill", await admin.ReadAsync("/Admin/Referrals/Network"), ("promoter", user), ("killed", "true"), ("reason", "Spam in groups"));
        Assert.Contains("：Spam in groups", await client.ReadAsync("/account/promote"), StringComparison.Ordinal);
        Assert.Contains("：Spam in groups", await client.ReadAsync("/account/promote/links"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await LinkAsync());

        async Task<HttpStatusCode> LinkAsync()
        {
            using var visitor = mall.Server.NewClient();
            using var answer = await visitor.GetAsync(MallPages.At("/r/" + link));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_tier_is_called_by_its_name_everywhere()
    {
        var (promoter, link) = await ReferralScreensTests.PromoterAsync(mall);
        using var client = promoter;
        var user = mall.Text($"select promoter from referral_link where id = '{link}'");
        var tenant = mall.Text($"select tenant from referral_link where id = '{link}'");
        mall.Text($"update referral_promoter set tier = 'silver', listed = 1 where id = '{user}'");
        mall.Text($"insert into referral_verified (tenant, promoter, currency, orders, sales) values ('{tenant}', '{user}', 'CNY', 5, 200000)");
        try
        {
            using var admin = await mall.SignInAsync(LinkShopServer.Mall);
            foreach (var page in new[] { await client.ReadAsync("/account/promote"), await client.ReadAsync("/account/promote/leaderboard"), await admin.ReadAsync("/Admin/Referrals/Network") })
            {
                Assert.Contains(">银牌推广者<", page, StringComparison.Ordinal);
                Assert.DoesNotContain(">silver<", page, StringComparison.Ordinal);
            }
        }
        finally
        {
            mall.Text($"delete from referral_verified where promoter = '{user}'");
        }
    }

    [Fact]
    public async Task A_rate_for_a_variant_that_does_not_exist_is_refused_at_its_row_and_stored_nowhere()
    {
        const string Plan = "/Admin/Referrals/Plans/Edit";
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await admin.ReadAsync(Plan);
        (string, string)[] Fields(string id, string sku) =>
        [
            ("Id", id), ("Version", "0"), ("Name", "By variant"), ("DisclosureZh", "推广链接"), ("DisclosureEn", "An ad"), ("Currency", "CNY"),
            ("Rates[0].Id", "all"), ("Rates[0].Percent", "3"), ("Rates[0].Level", "1"), ("Rates[0].Sku", sku), ("MarginPercent", "30"), ("Levels", "1"), ("Reward", "Money"), ("Funding", "Merchant"),
        ];
        var wrong = await admin.PostAsync(Plan, form, Fields("v-wrong", "NO-SUCH"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Matches(new Regex("<div class=\"col-12\"><div class=\"text-danger\" role=\"alert\">没有编码为“NO-SUCH”的规格"), wrong.Html);
        Assert.Equal(0, mall.Stored("select count(*) from referral_plan where id = 'v-wrong'"));
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync(Plan, form, Fields("v-right", mall.Card.SkuId))).Status);
        Assert.Equal(1, mall.Stored("select count(*) from referral_plan where id = 'v-right'"));
    }

    [Fact]
    public async Task An_orders_page_leads_to_its_commissions_only_those_who_may_see_them()
    {
        var (promoter, link) = await ReferralScreensTests.PromoterAsync(mall);
        promoter.Dispose();
        var code = mall.Text($"select code from referral_link where id = '{link}'");
        using var made = await mall.PostAsync("/api/v1/orders", new
        {
            lines = new[] { new { skuId = mall.Card.SkuId, quantity = 1 } }, contact = MallFixture.Unique("buyer") + "@test.example", lookupPassword = "a password", referralCode = code,
        });
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        var order = new PlacedOrder(body.GetProperty("orderId").GetString()!, body.GetProperty("accessToken").GetString()!, body.GetProperty("total").GetProperty("minor").GetInt64(), body.GetProperty("number").GetString()!);
        using (var paid = await mall.CallbackAsync(order))
            paid.EnsureSuccessStatusCode();
        for (var until = DateTime.UtcNow.AddSeconds(30); mall.Stored($"select count(*) from referral_commission where order_id = '{order.OrderId}'") == 0 && DateTime.UtcNow < until;)
            await Task.Yield();
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (support, _) = await mall.UserAsync(admin, "Support");
        using var staff = support;
        var (manager, _) = await mall.UserAsync(admin, "ShopManager");
        using var boss = manager;
        var (page, explained) = ("/Admin/Orders/Detail/" + order.OrderId, "/Admin/Referrals/Report/Order?id=" + order.OrderId);
        Assert.Contains(explained, await admin.ReadAsync(page), StringComparison.Ordinal);
        Assert.Contains(explained, await boss.ReadAsync(page), StringComparison.Ordinal);
        var seen = await staff.ReadAsync(page);
        Assert.Contains(order.Number, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("/Admin/Referrals", seen, StringComparison.Ordinal);
    }
}
