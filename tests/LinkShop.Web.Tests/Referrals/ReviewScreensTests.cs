using System.Net;
using LinkShop.Commerce;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>Who decides about promoters, who is told, and what promoters can do about it.</summary>
[Collection("mall")]
public sealed class ReviewScreensTests(MallFixture mall)
{
    private const string Cases = "/Admin/Referrals/Cases/";

    [Fact]
    public async Task A_reviewer_who_promotes_decides_nothing_about_themselves()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, name) = await mall.UserAsync(admin, "Administrator");
        using var boss = client;
        await boss.PostAsync("/account/promote/join", await boss.ReadAsync("/account/promote"), ("Name", name), ("Adult", "true"), ("Terms", "true"));
        var user = mall.Text($"select id from referral_promoter where name = '{name}'");
        await admin.PostAsync("/Admin/Referrals/Network/Open", await admin.ReadAsync("/Admin/Referrals/Network"), ("promoter", user), ("note", "Looks odd."));
        var id = mall.Text($"select id from referral_case where promoter = '{user}'");

        var page = await boss.ReadAsync(Cases + "Detail/" + id);
        Assert.Contains("须由他人处理", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"uphold\"", page, StringComparison.Ordinal);
        Assert.Contains("不能审核自己的事", (await boss.PostAsync(Cases + "Decide/" + id, page, ("uphold", "false"), ("decision", "It was nothing."))).Html, StringComparison.Ordinal);
        Assert.Contains("不能审核自己的事", (await boss.PostAsync("/Admin/Referrals/Network/Kill", page, ("promoter", user), ("killed", "true"), ("reason", "x"))).Html, StringComparison.Ordinal);
        Assert.Equal(("Open", "Frozen"), (StateOf(id), mall.Text($"select state from referral_promoter where id = '{user}'")));

        var decided = await admin.PostAsync(Cases + "Decide/" + id, await admin.ReadAsync(Cases + "Detail/" + id), ("uphold", "true"), ("decision", "It was."));
        // people are called by their names
        Assert.Contains(">" + LinkShopServer.AdminUser + "<", decided.Html, StringComparison.Ordinal);
        await boss.PostAsync("/account/promote/appeal", await boss.ReadAsync("/account/promote"), ("id", id), ("text", "It wasn't."));
        Assert.Contains("不能审核自己的事", (await boss.PostAsync(Cases + "DecideAppeal/" + id, page, ("right", "true"), ("decision", "True."))).Html, StringComparison.Ordinal);
        Assert.Contains("作出决定的人不能处理申诉", (await admin.PostAsync(Cases + "DecideAppeal/" + id, decided.Html, ("right", "true"), ("decision", "True."))).Html, StringComparison.Ordinal);
        // also where the decision is of before, when names were kept
        mall.Text($"update referral_case set decided_by = '{LinkShopServer.AdminUser}' where id = '{id}'");
        Assert.Contains("作出决定的人不能处理申诉", (await admin.PostAsync(Cases + "DecideAppeal/" + id, decided.Html, ("right", "true"), ("decision", "True."))).Html, StringComparison.Ordinal);
        Assert.Equal("Appealed", StateOf(id));
    }

    [Fact]
    public async Task Who_has_left_sees_money_and_cases_appeals_and_comes_back_but_makes_no_link()
    {
        var (client, link) = await ReferralScreensTests.PromoterAsync(mall);
        using var promoter = client;
        var (user, tenant) = (mall.Text($"select promoter from referral_link where id = '{link}'"), mall.Text($"select tenant from referral_link where id = '{link}'"));
        var (id, now) = (CommerceId.New(TimeProvider.System), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        mall.Text($$"""
            insert into referral_case (tenant, id, kind, promoter, order_id, state, evidence, opened_at, decided_by, decision, decided_at) values ('{{tenant}}', '{{id}}', 'SameAddress', '{{user}}', '{{id}}', 'Upheld', '{}', {{now}}, 'rev', 'One network', {{now}})
            """);
        await promoter.PostAsync("/account/promote/leave", await promoter.ReadAsync("/account/promote"));
        Assert.Equal("Left", mall.Text($"select state from referral_promoter where id = '{user}'"));

        var desk = await promoter.ReadAsync("/account/promote");
        foreach (var seen in new[] { "您已退出推广", "data-pending", "data-available", "One network", "/account/promote/payouts", "/account/promote/join" })
            Assert.Contains(seen, desk, StringComparison.Ordinal);
        Assert.DoesNotContain("创建链接", desk, StringComparison.Ordinal);
        foreach (var page in new[] { "/commissions", "/payouts" })
            await promoter.ReadAsync("/account/promote" + page);
        var links = mall.Stored($"select count(*) from referral_link where promoter = '{user}'");
        var made = await promoter.PostAsync("/account/promote/links", desk, ("Product", "goods-aurora"), ("Channel", "new"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, links), (made.Status, mall.Stored($"select count(*) from referral_link where promoter = '{user}'")));

        await promoter.PostAsync("/account/promote/appeal", desk, ("id", id), ("text", "A hotel."));
        Assert.Equal("Appealed", StateOf(id));
        var again = await promoter.PostAsync("/account/promote/join", await promoter.ReadAsync("/account/promote/join"), ("Name", "Back"), ("Adult", "true"), ("Terms", "true"));
        Assert.Equal((HttpStatusCode.OK, "Active"), (again.Status, mall.Text($"select state from referral_promoter where id = '{user}'")));
    }

    [Fact]
    public async Task The_shops_people_are_told_of_every_freeze_and_appeal_and_of_lesser_cases_once_until_none_is_open()
    {
        using (var settings = await ShopAdmin.SignInAsync(mall.Server))
        {
            var form = ShopAdmin.FieldsOf(await settings.GetAsync("/Admin/CheckoutSettings"));
            form["ShopMail"] = "reviews@shop.example";
            using var saved = await settings.PostAsync("/Admin/CheckoutSettings", form);
            saved.EnsureSuccessStatusCode();
        }

        var (client, link) = await ReferralScreensTests.PromoterAsync(mall);
        using var promoter = client;
        var (user, tenant) = (mall.Text($"select promoter from referral_link where id = '{link}'"), mall.Text($"select tenant from referral_link where id = '{link}'"));
        // an open case of before that nobody looked at, and another lesser one
        var (old, lesser) = ("00000000000000000000000001", CommerceId.New(TimeProvider.System));
        mall.Text($$"""
            insert into referral_case (tenant, id, kind, promoter, order_id, state, evidence, opened_at) values ('{{tenant}}', '{{old}}', 'SameAddress', '{{user}}', '{{lesser}}', 'Open', '{}', 1), ('{{tenant}}', '{{lesser}}', 'Velocity', '{{user}}', null, 'Open', '{}', 2)
            """);
        try
        {
            mall.Text($$"""insert into outbox (tenant, type, payload, created_at, due_at) values ('{{tenant}}', 'ReferralCaseOpened', '{"caseId":"{{lesser}}"}', 1, 1)""");
            using var admin = await mall.SignInAsync(LinkShopServer.Mall);
            await admin.PostAsync("/Admin/Referrals/Network/Open", await admin.ReadAsync("/Admin/Referrals/Network"), ("promoter", user), ("note", "Looks odd."));
            var frozen = mall.Text($"select id from referral_case where promoter = '{user}' and kind = 'Manual'");
            await ToldAsync(frozen, "该推广者不再产生佣金");
            await admin.PostAsync(Cases + "Decide/" + frozen, await admin.ReadAsync(Cases + "Detail/" + frozen), ("uphold", "true"), ("decision", "It was."));
            await promoter.PostAsync("/account/promote/appeal", await promoter.ReadAsync("/account/promote"), ("id", frozen), ("text", "It wasn't."));
            await ToldAsync(frozen, "有推广者对决定提出申诉");
            await Eventually.HoldsAsync(() => mall.Stored($"select count(*) from outbox where payload like '%{lesser}%'") == 0, () => "messages wait");
            Assert.DoesNotContain(Mails(), mail => mail.Contains(lesser, StringComparison.Ordinal));
        }
        finally
        {
            mall.Text($"delete from referral_case where id in ('{old}', '{lesser}')");
        }
    }

    [Fact]
    public async Task A_promoters_browser_is_known_once_it_may_be_remembered()
    {
        var (other, link) = await ReferralScreensTests.PromoterAsync(mall);
        other.Dispose();
        var (client, own) = await ReferralScreensTests.PromoterAsync(mall);
        using var promoter = client;
        promoter.DefaultRequestHeaders.UserAgent.ParseAdd(ReferralScreensTests.Phone);
        var user = mall.Text($"select promoter from referral_link where id = '{own}'");
        long Devices() => mall.Stored($"select count(*) from referral_identity where promoter = '{user}' and kind = 'Device'");
        var page = WebUtility.HtmlDecode(await promoter.GetStringAsync(MallPages.At("/r/" + link)));
        await promoter.ReadAsync("/account/promote");
        Assert.Equal(0, Devices());
        await ReferralScreensTests.AnswerAsync(promoter, page, "yes");
        Assert.Equal(1, Devices());
        // as for somebody who was taken over before this was kept
        mall.Text($"delete from referral_identity where promoter = '{user}' and kind = 'Device'");
        await promoter.ReadAsync("/account/promote");
        await promoter.ReadAsync("/account/promote");
        Assert.Equal(1, Devices());
    }

    [Fact]
    public async Task An_identity_is_verified_only_by_who_says_that_the_sanctions_lists_were_looked_at()
    {
        var (client, link) = await ReferralScreensTests.PromoterAsync(mall);
        using var promoter = client;
        var user = mall.Text($"select promoter from referral_link where id = '{link}'");
        var payee = await promoter.PostAsync("/account/promote/payouts/payee", await promoter.ReadAsync("/account/promote/payouts"), ("LegalName", "安宁"), ("IdNumber", "110101199003070017"), ("TaxId", "110101199003070017"),
            ("TaxCountry", "CN"), ("Way", "Bank:manual"), ("Account", "6222021234567890"), ("AccountName", "安宁"), ("Bank", "招商银行"));
        Assert.Equal(HttpStatusCode.OK, payee.Status);
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await admin.ReadAsync("/Admin/Payees/Edit?owner=" + user);
        (string, string)[] fields = [("owner", user), ("version", MallFixture.Hidden(form, "version")), ("what", "identity")];
        var refused = await admin.PostAsync("/Admin/Payees/Verify", form, fields);
        Assert.Contains("请先查对适用的制裁名单", refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored($"select count(*) from payee where owner = '{user}' and identity_verified_at is not null"));
        await admin.PostAsync("/Admin/Payees/Verify", form, [.. fields, ("unsanctioned", "true")]);
        Assert.Equal(1, mall.Stored($"select count(*) from payee where owner = '{user}' and identity_verified_at is not null and identity_verified_by is not null"));
    }

    private string StateOf(string id) => mall.Text($"select state from referral_case where id = '{id}'");

    private Task ToldAsync(string id, string text) => Eventually.HoldsAsync(
        () => Mails().Exists(mail => mail.Contains("reviews@shop.example", StringComparison.Ordinal) && mail.Contains("/Cases/Detail/" + id, StringComparison.Ordinal) && mail.Contains(text, StringComparison.Ordinal)), () => $"no mail: {text}");

    private List<string> Mails()
    {
        var folder = Path.Combine(mall.Server.DataPath, "Sites", "GameCards", "Outbox");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Select(ShopMailTests.TextOf)] : [];
    }
}
