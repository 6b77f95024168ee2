using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>Sharing, landing and what promoters see, over HTTP.</summary>
[Collection("mall")]
public sealed class ReferralScreensTests(MallFixture mall)
{
    internal const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50";

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
    public async Task A_phone_number_may_be_said_when_joining_and_only_a_code_made_of_it_is_kept()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var kept = new List<long>();
        foreach (var phone in new[] { "", "+86 139-0013-9000" })
        {
            var (client, name) = await mall.UserAsync(admin, "Merchant");
            using var person = client;
            (string, string)[] Fields(string typed) => [("Name", name), ("Adult", "true"), ("Terms", "true"), ("Phone", typed)];
            var page = await person.ReadAsync("/account/promote");
            var wrong = await person.PostAsync("/account/promote/join", page, Fields("call me"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Contains("手机号为 5 到 20 位数字", wrong.Html, StringComparison.Ordinal);
            Assert.Contains("value=\"call me\"", wrong.Html, StringComparison.Ordinal);
            Assert.Equal(0, mall.Stored($"select count(*) from referral_promoter where name = '{name}'"));
            Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/account/promote/join", page, Fields(phone))).Status);
            kept.Add(mall.Stored($"select count(*) from referral_identity where kind = 'Contact' and promoter = (select id from referral_promoter where name = '{name}')"));
        }

        // as it is, and in the one form for a person
        Assert.Equal(kept[0] + 2, kept[1]);
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

    /// <summary>A new promoter with a link to goods that have a picture.</summary>
    internal static async Task<(HttpClient Client, string Link)> PromoterAsync(MallFixture mall)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, name) = await mall.UserAsync(admin, "Merchant");
        var joined = await client.PostAsync("/account/promote/join", await client.ReadAsync("/account/promote"), ("Name", name), ("Adult", "true"), ("Terms", "true"));
        Assert.Equal(HttpStatusCode.OK, joined.Status);
        const string product = "goods-xuanye";
        Assert.Contains($"<option value=\"{product}\"", joined.Html, StringComparison.Ordinal);
        var made = await client.PostAsync("/account/promote/links", joined.Html, ("Product", product), ("Channel", "wechat"));
        Assert.Equal(HttpStatusCode.OK, made.Status);
        return (client, Regex.Match(made.Html, "/r/([0-9A-Za-z]+)\"").Groups[1].Value);
    }
}
