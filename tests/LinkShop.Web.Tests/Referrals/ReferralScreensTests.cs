using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Commerce;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>Sharing, landing and the screens about promotion over HTTP.</summary>
[Collection("mall")]
public sealed class ReferralScreensTests(MallFixture mall)
{
    internal const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50";
    private const string Plan = "/Admin/Referrals/Plans/Edit";

    [Fact]
    public async Task A_persons_click_is_counted_once_and_robots_previews_and_pages_loaded_ahead_are_not()
    {
        var (promoter, link) = await PromoterAsync();
        using var client = promoter;
        foreach (var (agent, purpose) in new[] { (Phone, (string?)null), (Phone, null), (Phone, "prefetch;prerender"), ("Mozilla/5.0 (compatible; Googlebot/2.1)", null), ("curl/8.9", null), ("", null) })
        {
            using var answer = await FollowAsync(link, agent, purpose);
            // all of them get where the link leads
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.StartsWith("/cards/", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
            Assert.Contains("ref=" + link, answer.Headers.Location.OriginalString, StringComparison.Ordinal);
            Assert.Equal(agent == Phone && purpose is null, answer.Headers.Location.OriginalString.Contains("hit=", StringComparison.Ordinal));
        }

        var until = DateTime.UtcNow.AddSeconds(90);
        string desk;
        do
            desk = await client.ReadAsync("/account/promote");
        while (Figure(desk, "clicks") == "0" && DateTime.UtcNow < until);
        Assert.Equal("2", Figure(desk, "clicks"));
    }

    [Fact]
    public async Task Nothing_is_stored_in_a_browser_before_its_owner_agreed_and_every_landing_says_who_earns()
    {
        var (promoter, link) = await PromoterAsync();
        promoter.Dispose();
        var jar = new CookieContainer();
        using var visitor = new HttpClient(new SocketsHttpHandler { CookieContainer = jar }) { BaseAddress = mall.Server.Address };
        visitor.DefaultRequestHeaders.UserAgent.ParseAdd(Phone);
        using var landed = await visitor.GetAsync(MallPages.At("/r/" + link));
        Assert.DoesNotContain(jar.GetAllCookies(), Remembers);
        var page = WebUtility.HtmlDecode(await landed.Content.ReadAsStringAsync());
        Assert.Contains("data-shared-note", page, StringComparison.Ordinal);
        Assert.Contains("获得佣金", page, StringComparison.Ordinal);
        await AnswerAsync(visitor, page, "no");
        Assert.DoesNotContain(jar.GetAllCookies(), Remembers);
        await AnswerAsync(visitor, page, "yes");
        var kept = Assert.Single(jar.GetAllCookies(), Remembers);
        Assert.True(kept is { HttpOnly: true, Path: "/cards" }, kept.ToString());
        // who agreed isn't asked again, but told again
        var again = WebUtility.HtmlDecode(await visitor.GetStringAsync(MallPages.At("/r/" + link)));
        Assert.Contains("data-shared-note", again, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"yes\"", again, StringComparison.Ordinal);
        // and may take it back as easily
        await AnswerAsync(visitor, again, "forget");
        Assert.DoesNotContain(jar.GetAllCookies(), Remembers);
        // and nobody's page makes a browser agree
        using var forged = await visitor.PostAsync(MallPages.At("/r/consent"), new FormUrlEncodedContent([new("answer", "yes")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task An_answer_leads_back_within_the_shop_only()
    {
        var (promoter, link) = await PromoterAsync();
        promoter.Dispose();
        using var visitor = mall.Server.NewClient(followRedirects: false);
        visitor.DefaultRequestHeaders.UserAgent.ParseAdd(Phone);
        using var go = await visitor.GetAsync(MallPages.At("/r/" + link));
        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync(go.Headers.Location));
        foreach (var away in new[] { "https://evil.example/", "//evil.example/", "/\\evil.example" })
        {
            using var content = new FormUrlEncodedContent(
            [
                new("answer", "no"), new("back", away), new("__RequestVerificationToken", MallFixture.Hidden(page, "__RequestVerificationToken")),
            ]);
            using var answer = await visitor.PostAsync(MallPages.At("/r/consent"), content);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal("/cards/", answer.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task The_card_may_be_framed_anywhere_and_runs_nothing_and_everything_else_may_not()
    {
        var (promoter, link) = await PromoterAsync();
        promoter.Dispose();
        using var card = await mall.Server.Client.GetAsync(MallPages.At($"/r/{link}/card"));
        Assert.Equal(HttpStatusCode.OK, card.StatusCode);
        var policy = Assert.Single(card.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors *", policy, StringComparison.Ordinal);
        Assert.False(card.Headers.Contains("X-Frame-Options"));
        var html = WebUtility.HtmlDecode(await card.Content.ReadAsStringAsync());
        Assert.Contains("获得佣金", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("ls-header", html, StringComparison.Ordinal);
        using var poster = await mall.Server.Client.GetAsync(MallPages.At($"/r/{link}/poster.svg"));
        Assert.Equal("image/svg+xml", poster.Content.Headers.ContentType!.MediaType);
        Assert.Contains("data:image/", await poster.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var code = await mall.Server.Client.GetAsync(MallPages.At($"/r/{link}/qr.png"));
        Assert.Equal("image/png", code.Content.Headers.ContentType!.MediaType);
        using var home = await mall.Server.Client.GetAsync(MallPages.At("/"));
        Assert.Equal("SAMEORIGIN", Assert.Single(home.Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task A_link_of_one_mall_leads_nowhere_in_another_nor_after_it_was_switched_off()
    {
        var (promoter, link) = await PromoterAsync();
        using var client = promoter;
        foreach (var what in new[] { "", "/card", "/poster.svg", "/qr.svg", "/qr.png" })
        {
            using var elsewhere = await mall.Server.Client.GetAsync(MallPages.At($"/r/{link}{what}", MallFixture.OtherMall));
            Assert.Equal((what, HttpStatusCode.NotFound), (what, elsewhere.StatusCode));
        }

        var (stranger, _) = await PromoterAsync();
        using var other = stranger;
        using var theirs = await other.GetAsync(MallPages.At($"/account/promote/links/{link}"));
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        var page = await client.ReadAsync("/account/promote/links");
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"/account/promote/links/{link}/switch", await other.ReadAsync("/account/promote/links"), ("active", "false"))).Status);
        using (var still = await FollowAsync(link, Phone, null))
            Assert.Equal(HttpStatusCode.Redirect, still.StatusCode);
        await client.PostAsync($"/account/promote/links/{link}/switch", page, ("active", "false"));
        using var off = await FollowAsync(link, Phone, null);
        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
    }

    [Fact]
    public async Task Nobody_joins_without_being_an_adult_and_agreeing()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, name) = await mall.UserAsync(admin, "Merchant");
        using var person = client;
        var page = await person.ReadAsync("/account/promote");
        foreach (var fields in new (string, string)[][] { [("Name", name), ("Terms", "true")], [("Name", name), ("Adult", "true")], [("Name", ""), ("Adult", "true"), ("Terms", "true")] })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await person.PostAsync("/account/promote/join", page, fields)).Status);
        Assert.Equal(0, mall.Stored($"select count(*) from referral_promoter where name = '{name}'"));
        Assert.Contains("action=\"/cards/account/promote/join\"", await person.ReadAsync("/account/promote"), StringComparison.Ordinal);
    }

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
        // a second person with the version of before
        var stale = await admin.PostAsync(Plan, form, Fields("t-ok", "Other", "3", "30"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.DoesNotContain("Other", mall.Text("select group_concat(document) from referral_plan_version where plan_id = 't-ok'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_takes_a_code_and_an_unknown_one_is_ignored_and_a_long_one_refused()
    {
        var (promoter, link) = await PromoterAsync();
        promoter.Dispose();
        var code = mall.Text($"select code from referral_link where id = '{link}'");
        foreach (var (typed, attributed) in new[] { ($"look: #{code}# good", 1L), ("nobody-has-this", 0L) })
        {
            using var made = await OrderAsync(typed);
            var body = await made.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(made.IsSuccessStatusCode, body.ToString());
            Assert.Equal(attributed, mall.Stored($"select count(*) from referral_attribution where order_id = '{body.GetProperty("orderId").GetString()}' and link = '{link}'"));
        }

        using var refused = await OrderAsync(new string('x', 501));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
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

    [Fact]
    public async Task Who_types_another_code_for_a_link_they_have_reads_which_code_it_has_and_a_link_that_is_off_is_not_shown()
    {
        var (promoter, link) = await PromoterAsync();
        using var client = promoter;
        var page = await client.ReadAsync("/account/promote/links");
        var (product, code) = (mall.Text($"select target_id from referral_link where id = '{link}'"), mall.Text($"select code from referral_link where id = '{link}'"));
        (string, string)[] Fields(string typed) => [("Product", product), ("Channel", "wechat"), ("Code", typed)];
        var again = await client.PostAsync("/account/promote/links", page, Fields(""));
        Assert.DoesNotContain("您已有相同的链接", again.Html, StringComparison.Ordinal);
        var other = await client.PostAsync("/account/promote/links", page, Fields("AnotherOne"));
        Assert.Contains($"您已有相同的链接，口令是 {code}", other.Html, StringComparison.Ordinal);
        Assert.Equal(1, mall.Stored($"select count(*) from referral_link where promoter = (select promoter from referral_link where id = '{link}')"));
        await client.PostAsync($"/account/promote/links/{link}/switch", page, ("active", "false"));
        var off = await client.PostAsync("/account/promote/links", page, Fields(""));
        Assert.Contains("此链接已关闭", off.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"phrase\"", off.Html, StringComparison.Ordinal);
        // the list still says what it was for
        Assert.DoesNotContain("已下架", off.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"phrase\"", await client.ReadAsync($"/account/promote/links/{link}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_call_a_payee_stays_when_the_promoter_saves()
    {
        var (promoter, link) = await PromoterAsync();
        using var client = promoter;
        var user = mall.Text($"select promoter from referral_link where id = '{link}'");
        (string, string)[] Fields(string account) => [("Owner", "somebody-else"), ("Name", "Not asked for"), ("LegalName", "王小明"), ("IdNumber", "310101199001011234"), ("TaxId", "T1"), ("TaxCountry", "CN"), ("Way", "Bank:manual"), ("Account", account), ("AccountName", "王小明"), ("Bank", "A bank")];
        var page = await client.ReadAsync("/account/promote/payouts");
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/account/promote/payouts/payee", page, Fields("6222020000000001"))).Status);
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var named = await admin.PostAsync("/Admin/Payees/Edit", await admin.ReadAsync("/Admin/Payees/Edit?owner=" + user), [("Owner", user), .. Fields("6222020000000001").Skip(1).Where(f => f.Item1 != "Name"), ("Name", "Wang of the first floor")]);
        Assert.Equal(HttpStatusCode.OK, named.Status);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/account/promote/payouts/payee", page, Fields("6222020000000002"))).Status);
        var stored = await admin.ReadAsync("/Admin/Payees/Edit?owner=" + user);
        Assert.Contains("value=\"Wang of the first floor\"", stored, StringComparison.Ordinal);
        Assert.Contains("6222020000000002", stored, StringComparison.Ordinal);
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

    private Task<HttpResponseMessage> OrderAsync(string referralCode) => mall.PostAsync("/api/v1/orders", new
    {
        lines = new[] { new { skuId = mall.Card.SkuId, quantity = 1 } }, contact = MallFixture.Unique("buyer") + "@test.example", lookupPassword = "a password", referralCode,
    });

    private async Task<HttpResponseMessage> FollowAsync(string link, string agent, string? purpose)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, MallPages.At("/r/" + link));
        if (agent.Length > 0)
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (purpose is not null)
            request.Headers.TryAddWithoutValidation("Sec-Purpose", purpose);
        using var client = mall.Server.NewClient(followRedirects: false);
        return await client.SendAsync(request);
    }

    private static bool Remembers(Cookie cookie) => cookie.Name.StartsWith("linkshop_shared_", StringComparison.Ordinal);

    internal static async Task AnswerAsync(HttpClient visitor, string page, string answer)
    {
        using var content = new FormUrlEncodedContent(new[] { "link", "click", "back", "__RequestVerificationToken" }.Where(n => page.Contains($"name=\"{n}\"", StringComparison.Ordinal)).Select(n => KeyValuePair.Create(n, MallFixture.Hidden(page, n))).Append(new("answer", answer)));
        using var sent = await visitor.PostAsync(MallPages.At("/r/consent"), content);
        Assert.True(sent.IsSuccessStatusCode, $"{sent.StatusCode}");
    }

    private static string Figure(string html, string name) => Regex.Match(html, $"data-{name}>([^<]*)<").Groups[1].Value;

    private Task<(HttpClient Client, string Link)> PromoterAsync() => PromoterAsync(mall);

    /// <summary>A new promoter with a link to the first goods of the form.</summary>
    internal static async Task<(HttpClient Client, string Link)> PromoterAsync(MallFixture mall)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, name) = await mall.UserAsync(admin, "Merchant");
        var joined = await client.PostAsync("/account/promote/join", await client.ReadAsync("/account/promote"), ("Name", name), ("Adult", "true"), ("Terms", "true"));
        Assert.Equal(HttpStatusCode.OK, joined.Status);
        var product = Regex.Match(joined.Html, "<option value=\"([^\"]{10,})\"").Groups[1].Value;
        var made = await client.PostAsync("/account/promote/links", joined.Html, ("Product", product), ("Channel", "wechat"));
        Assert.Equal(HttpStatusCode.OK, made.Status);
        return (client, Regex.Match(made.Html, "/r/([0-9A-Za-z]+)\"").Groups[1].Value);
    }
}
