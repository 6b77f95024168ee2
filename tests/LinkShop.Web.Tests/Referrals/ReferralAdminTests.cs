using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Commerce;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>The screens that promotion is ruled and looked after by, over HTTP.</summary>
[Collection("mall")]
public sealed class ReferralAdminTests(MallFixture mall)
{
    private const string Plan = "/Admin/Referrals/Plans/Edit";

    [Fact]
    public async Task An_unlawful_plan_is_refused_with_the_reason_at_its_field_and_nothing_is_stored()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await admin.ReadAsync(Plan);
        (string, string)[] Fields(string id, string name, string percent, string margin) =>
        [
            ("Id", id), ("Version", "0"), ("Name", name), ("DisclosureZh", "推广链接"), ("DisclosureEn", "An ad"), ("Currency", "CNY"),
            ("Rates[0].Id", "all"), ("Rates[0].Percent", percent), ("Rates[0].Level", "1"), ("MarginPercent", margin), ("Levels", "1"), ("Reward", "Money"), ("Funding", "Merchant"),
        ];
        var dear = await admin.PostAsync(Plan, form, Fields("t-dear", "Dear", "15", "12"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, dear.Status);
        Assert.Contains("奖励与优惠之和必须低于商品毛利", dear.Html, StringComparison.Ordinal);
        var label = await admin.PostAsync(Plan, form, Fields("t-label", "直推奖", "5", "30"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, label.Status);
        // beside the name, not only on top
        Assert.Matches(new Regex("id=\"name\"[^>]*/?>\\s*<div class=\"text-danger\" role=\"alert\">该用语属于传销用语", RegexOptions.Singleline), label.Html);
        var number = await admin.PostAsync(Plan, form, Fields("t-number", "Number", "a lot", "30"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, number.Status);
        Assert.Equal(0, mall.Stored("select count(*) from referral_plan where id like 't-%'"));

        var lawful = await admin.PostAsync(Plan, form, Fields("t-ok", "Lawful", "3", "30"));
        Assert.Equal(HttpStatusCode.OK, lawful.Status);
        Assert.Contains("data-plan=\"t-ok\"", lawful.Html, StringComparison.Ordinal);
        // accounts are named, and kept by id: a name may change hands
        var (client, account) = await mall.UserAsync(admin, "Merchant");
        client.Dispose();
        (string, string)[] For(string version, string promoters) => [.. Fields("t-ok", "Lawful", "3", "30").Where(f => f.Item1 != "Version"), ("Version", version), ("Promoters", promoters)];
        var nobody = await admin.PostAsync(Plan, form, For("1", account + "\nnobody-here"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.Status);
        Assert.Contains("没有名为“nobody-here”的账号", nobody.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync(Plan, form, For("1", account))).Status);
        Assert.DoesNotContain(account, mall.Text("select document from referral_plan_version where plan_id = 't-ok' and version = 2"), StringComparison.Ordinal);
        Assert.Matches(new Regex("name=\"Promoters\"[^>]*>\\s*" + account + "\\s*<"), await admin.ReadAsync(Plan + "?id=t-ok"));
        // and so are those whom a campaign's rate is for
        (string, string)[] Campaign(string promoters) => [.. For("2", ""), ("Rates[1].Id", "partners"), ("Rates[1].Percent", "9"), ("Rates[1].Level", "1"), ("Rates[1].Campaign", "partners"), ("Rates[1].Promoters", promoters)];
        var unknown = await admin.PostAsync(Plan, form, Campaign(account + "，not-here"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Contains("没有名为“not-here”的账号", unknown.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync(Plan, form, Campaign(account))).Status);
        var document = mall.Text("select document from referral_plan_version where plan_id = 't-ok' and version = 3");
        Assert.Matches(new Regex("\"campaign\":\"partners\",\"promoters\":\\[\"[^\"]+\"\\]"), document);
        Assert.DoesNotContain(account, document, StringComparison.Ordinal);
        Assert.Matches(new Regex("name=\"Rates\\[1\\]\\.Promoters\"[^>]*value=\"" + account + "\""), await admin.ReadAsync(Plan + "?id=t-ok"));
        // a second person with the version of before
        var stale = await admin.PostAsync(Plan, form, Fields("t-ok", "Other", "3", "30"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.DoesNotContain("Other", mall.Text("select group_concat(document) from referral_plan_version where plan_id = 't-ok'"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "“150”不是 0.01 到 50 之间、最多两位小数的百分比。", "“21”不是 0 到 20 之间、最多两位小数的百分比。", "“1,5”不是有效的 CNY 金额，请填数字，小数点用“.”。", "中英文均须有在分享链接上展示的推广披露。")]
    [InlineData("en", "“150” isn't a percentage from 0.01 to 50, with at most two decimals.", "“21” isn't a percentage from 0 to 20, with at most two decimals.", "“1,5” isn't an amount in CNY: a number, with a point before its decimals.", "Both languages need a disclosure that shared links show.")]
    public async Task What_a_plan_cannot_have_is_answered_at_its_field_with_what_is_expected(string language, string rate, string cap, string amount, string disclosure)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await admin.ReadAsync(Plan + "?culture=" + language);
        Assert.Equal(4, Regex.Count(form, "<span class=\"input-group-text\">CNY</span>"));
        var wrong = await admin.PostAsync(Plan, form,
            ("Id", "t-told"), ("Version", "0"), ("Name", "Told"), ("DisclosureZh", "推广链接"), ("DisclosureEn", " "), ("Currency", "CNY"), ("Rates[0].Level", "1"), ("Rates[1].Id", "all"), ("Rates[1].Percent", "150"),
            ("Rates[1].Level", "1"), ("CapPercent", "21"), ("Budget", "1,5"), ("MarginPercent", "30"), ("Levels", "1"), ("Reward", "Money"), ("Funding", "Merchant"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        // and what breaks a rule besides, at once; what wasn't read breaks none
        foreach (var told in new[] { rate, cap, amount, disclosure })
            Assert.Contains($"<div class=\"text-danger\" role=\"alert\">{told}</div>", wrong.Html, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(wrong.Html, "<div class=\"text-danger\" role=\"alert\">"));
        Assert.Equal(0, mall.Stored("select count(*) from referral_plan where id = 't-told'"));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_000, "1,000")]
    [InlineData(1_001, "1,000+")]
    public void What_was_counted_up_to_a_bound_is_shown_as_that_much_or_more(long number, string shown)
    {
        foreach (var language in new[] { "zh-CN", "en" })
            Assert.Equal(shown, LinkShop.Referrals.Services.ReferralWords.Counted(number, LinkShop.Commerce.Referrals.Neighbourhood.MostBrought, System.Globalization.CultureInfo.GetCultureInfo(language)));
    }

    [Fact]
    public async Task Staff_without_the_permission_see_and_change_nothing_and_nothing_works_without_a_token()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (support, _) = await mall.UserAsync(admin, "Support");
        using var staff = support;
        var page = await staff.ReadAsync("/Admin/Orders/Index");
        foreach (var screen in new[] { "Plans", "Plans/Edit", "Plans/Edit?id=recommend", "Rules", "Cases/Index", "Cases/Detail/x", "Network", "Report", "Report/Health", "Report/Order?id=x" })
        {
            using var seen = await staff.GetAsync(MallPages.At("/Admin/Referrals/" + screen));
            Assert.Equal((screen, HttpStatusCode.Forbidden), (screen, seen.StatusCode));
        }

        foreach (var act in new[] { "Plans/Edit", "Plans/Move", "Rules/Save", "Rules/Start", "Rules/Switch", "Rules/Approve", "Rules/Revoke", "Cases/Decide/x", "Cases/DecideAppeal/x", "Network/Kill", "Network/Open" })
        {
            Assert.Equal((act, HttpStatusCode.Forbidden), (act, (await staff.PostAsync("/Admin/Referrals/" + act, page, ("enabled", "false"), ("reason", "x"), ("id", "recommend"))).Status));
            using var bare = new FormUrlEncodedContent([KeyValuePair.Create("enabled", "false")]);
            using var answer = await admin.PostAsync(MallPages.At("/Admin/Referrals/" + act), bare);
            Assert.Equal((act, HttpStatusCode.BadRequest), (act, answer.StatusCode));
        }

        Assert.Equal(1, mall.Stored("select count(*) from referral_program where tenant = (select tenant from referral_plan where id = 'recommend' and tenant <> 'Other') and enabled"));
        using var visitor = mall.Server.NewClient();
        foreach (var own in new[] { "", "/links", "/commissions", "/payouts", "/leaderboard" })
        {
            using var asked = await visitor.GetAsync(MallPages.At("/account/promote" + own));
            Assert.Contains("/Login", asked.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        }

        // a manager makes plans and sees reports, and doesn't review
        var (manager, _) = await mall.UserAsync(admin, "ShopManager");
        using var boss = manager;
        Assert.Contains("data-plan=\"recommend\"", await boss.ReadAsync("/Admin/Referrals/Plans"), StringComparison.Ordinal);
        using var cases = await boss.GetAsync(MallPages.At("/Admin/Referrals/Cases/Index"));
        Assert.Equal(HttpStatusCode.Forbidden, cases.StatusCode);
    }

    [Fact]
    public async Task The_stop_switch_stops_joining_and_attribution_at_once_and_needs_a_reason()
    {
        // the other mall has the same recipe, so that no other test is disturbed
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var page = await admin.ReadAsync("/Admin/Referrals/Rules", MallFixture.OtherMall);
        await admin.PostAsync("/Admin/Referrals/Rules/Switch", page, MallFixture.OtherMall, ("enabled", "false"), ("reason", "an alarm"));
        Assert.Contains("全部推广已停止", await admin.ReadAsync("/Admin/Referrals/Plans", MallFixture.OtherMall), StringComparison.Ordinal);
        Assert.DoesNotContain("/account/promote/join", await admin.ReadAsync("/account/promote", MallFixture.OtherMall), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"referral\"", await admin.ReadAsync("/checkout?sku=XY-100", MallFixture.OtherMall), StringComparison.Ordinal);
        await admin.PostAsync("/Admin/Referrals/Rules/Switch", page, MallFixture.OtherMall, ("enabled", "true"), ("reason", "looked at"));
        Assert.Contains("id=\"referral\"", await admin.ReadAsync("/checkout?sku=XY-100", MallFixture.OtherMall), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_say_which_field_is_wrong_in_words_and_cut_no_percentage()
    {
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var page = await admin.ReadAsync("/Admin/Referrals/Rules", MallFixture.OtherMall);
        async Task<string> RefusedAsync(string cap, string clickDays)
        {
            var (status, html) = await admin.PostAsync("/Admin/Referrals/Rules/Save", page, MallFixture.OtherMall, ("Stamp", MallFixture.Hidden(page, "Stamp")), ("Jurisdiction", "CN"), ("Currency", "CNY"), ("CapPercent", cap),
                ("RefundWindowDays", "7"), ("DisputeWindowDays", "30"), ("Model", "LastClick"), ("ClickWindowDays", clickDays), ("BoughtPercent", "30"), ("VelocityPerHour", "60"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            return html;
        }

        var outside = await RefusedAsync("60", "91");
        Assert.Contains("点击有效天数：应为 1 到 90", outside, StringComparison.Ordinal);
        Assert.Contains("每单最高比例，%：应为 0 到 50", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("capBasisPoints", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("clickWindowDays", outside, StringComparison.Ordinal);
        Assert.Contains("“12.345”", await RefusedAsync("12.345", "30"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "推广者购买的金额", "销售总额")]
    [InlineData("en", "Bought by promoters", "Sales in all")]
    public async Task A_case_says_what_was_seen_in_words_and_money(string language, string bought, string sales)
    {
        var (id, tenant) = (CommerceId.New(TimeProvider.System), mall.Text("select tenant from referral_plan where id = 'recommend' and tenant <> 'Other'"));
        var ticket = CommerceId.New(TimeProvider.System);
        mall.Text($$"""
            insert into referral_case (tenant, id, kind, promoter, sku_id, state, evidence, opened_at) values
            ('{{tenant}}', '{{id}}', 'SelfBought', '{{id}}', null, 'Open', '{"boughtByPromotersMinor":"123456","salesMinor":"200000"}', 1),
            ('{{tenant}}', '{{ticket}}', 'TicketSku', null, '{{mall.Card.SkuId}}', 'Open', '{"orders":"31","ordersByPromoters":"1032"}', 1)
            """);
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        try
        {
            var page = await admin.ReadAsync($"/Admin/Referrals/Cases/Detail/{id}?culture={language}");
            Assert.Matches(new Regex($"<dt[^>]*>{bought}</dt><dd[^>]*>¥1,234.56</dd>"), page);
            Assert.Matches(new Regex($"<dt[^>]*>{sales}</dt><dd[^>]*>¥2,000.00</dd>"), page);
            var variant = await admin.ReadAsync($"/Admin/Referrals/Cases/Detail/{ticket}?culture={language}");
            Assert.DoesNotContain($">{mall.Card.SkuId}<", variant, StringComparison.Ordinal);
            Assert.Contains(">1,032</dd>", variant, StringComparison.Ordinal);
        }
        finally
        {
            mall.Text($"delete from referral_case where id in ('{id}', '{ticket}')");
        }
    }

    [Theory]
    [InlineData("zh-CN", "认定违规", "确有问题", "推广者会看到")]
    [InlineData("en", "Decide against the promoter", "Something was wrong", "The promoter reads")]
    public async Task What_is_offered_about_a_case_fits_whom_it_is_about(string language, string against, string wrong, string reads)
    {
        var tenant = mall.Text("select tenant from referral_plan where id = 'recommend' and tenant <> 'Other'");
        var (alarm, promoters) = (CommerceId.New(TimeProvider.System), CommerceId.New(TimeProvider.System));
        mall.Text($$"""
            insert into referral_case (tenant, id, kind, promoter, sku_id, state, evidence, opened_at) values
            ('{{tenant}}', '{{alarm}}', 'TicketSku', null, '{{mall.Card.SkuId}}', 'Open', '{"orders":"31","ordersByPromoters":"32"}', 1),
            ('{{tenant}}', '{{promoters}}', 'SelfBought', '{{promoters}}', null, 'Open', '{"boughtByPromotersMinor":"500","salesMinor":"900","currency":"USD"}', 1)
            """);
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        try
        {
            string At(string id) => $"/Admin/Referrals/Cases/Detail/{id}?culture={language}";
            var about = await admin.ReadAsync(At(promoters));
            Assert.Contains(against, about, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong, about, StringComparison.Ordinal);
            // amounts are in the currency that was judged, which is no fact by itself
            Assert.Contains("$9.00", about, StringComparison.Ordinal);
            Assert.DoesNotContain("data-fact=\"currency\"", about, StringComparison.Ordinal);

            var page = await admin.ReadAsync(At(alarm));
            Assert.DoesNotContain(against, page, StringComparison.Ordinal);
            Assert.Contains(wrong, page, StringComparison.Ordinal);
            var (_, decided) = await admin.PostAsync($"/Admin/Referrals/Cases/Decide/{alarm}?culture={language}", page, ("uphold", "true"), ("decision", "It is off sale now."));
            Assert.Matches(new Regex($"<h1[^>]*>[^<]*<span[^>]*>{wrong}</span>"), decided);
            Assert.DoesNotContain(against, decided, StringComparison.Ordinal);
            Assert.DoesNotContain(reads, decided, StringComparison.Ordinal);
        }
        finally
        {
            mall.Text($"delete from referral_case where id in ('{alarm}', '{promoters}')");
        }
    }

    [Fact]
    public async Task Who_only_sees_reports_is_led_to_no_page_that_is_closed_to_them()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (manager, _) = await mall.UserAsync(admin, "ShopManager");
        using var boss = manager;
        var (id, tenant) = (CommerceId.New(TimeProvider.System), mall.Text("select tenant from referral_plan where id = 'recommend' and tenant <> 'Other'"));
        mall.Text($"insert into referral_case (tenant, id, kind, promoter, state, evidence, opened_at) values ('{tenant}', '{id}', 'PeopleAndLevels', '{id}', 'Open', '{{}}', 1)");
        try
        {
            Assert.Contains("/Admin/Referrals/Cases/Detail/" + id, await admin.ReadAsync("/Admin/Referrals/Report/Health"), StringComparison.Ordinal);
            var seen = await boss.ReadAsync("/Admin/Referrals/Report/Health");
            Assert.Contains("请告知本店负责推广审核的人", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("/Admin/Referrals/Cases", seen, StringComparison.Ordinal);
        }
        finally
        {
            mall.Text($"delete from referral_case where id = '{id}'");
        }
    }

    [Fact]
    public async Task The_demo_has_rules_a_plan_in_force_and_promoters_with_codes()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        Assert.Contains("生效中", await admin.ReadAsync("/Admin/Referrals/Plans"), StringComparison.Ordinal);
        var network = await admin.ReadAsync("/Admin/Referrals/Network?promoter=" + mall.Text("select id from referral_promoter where name = '小林' and tenant <> 'Other'"));
        Assert.Contains("阿哲", network, StringComparison.Ordinal);
        Assert.Contains("Mia", network, StringComparison.Ordinal);
    }
}
