using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Checkout;

[Collection("mall")]
public sealed class CheckoutPagesTests(MallFixture mall)
{
    [Fact]
    public async Task A_guest_buys_pays_sees_the_key_and_finds_the_order_again()
    {
        using var browser = mall.Server.NewClient();
        var contact = MallFixture.Unique("page") + "@test.example";
        var payPage = await PlaceAsync(browser, contact);
        Assert.EndsWith("/pay", payPage.Path, StringComparison.Ordinal);
        Assert.Contains("data-countdown", payPage.Html, StringComparison.Ordinal);

        var sandbox = await PostAsync(browser, payPage.Path, payPage.Html, ("provider", "sandbox"));
        Assert.Contains("/payments/sandbox/sb_", sandbox.Path, StringComparison.Ordinal);

        var result = await PostAsync(browser, sandbox.Path.Split('?')[0], sandbox.Html, ("ticket", MallFixture.Hidden(sandbox.Html, "ticket")), ("act", "pay"));
        Assert.Contains("data-copy=", result.Html, StringComparison.Ordinal);
        Assert.Contains("no-store", result.CacheControl, StringComparison.Ordinal);

        var file = await browser.GetStringAsync(new Uri(result.Path + "/download", UriKind.Relative));
        Assert.NotEmpty(file.Trim('\uFEFF', '\r', '\n'));

        using var other = mall.Server.NewClient();
        using var denied = await other.GetAsync(new Uri(result.Path, UriKind.Relative));
        Assert.EndsWith("/orders/lookup", denied.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);

        var lookup = await GetAsync(other, $"/{LinkShopServer.Mall}/orders/lookup");
        var found = await PostAsync(other, lookup.Path, lookup.Html, ("Contact", contact), ("Password", "page password"));
        Assert.Equal(result.Path, found.Path);
        Assert.Contains("data-copy=", found.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_goes_back_to_the_form_is_led_to_the_order_that_waits_for_its_payment_and_may_still_order_once_more()
    {
        using var browser = mall.Server.NewClient();
        var first = await PlaceAsync(browser, MallFixture.Unique("back") + "@test.example");
        var form = await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1");
        var told = Regex.Match(form.Html, "data-unpaid.*?</div>", RegexOptions.Singleline).Value;
        Assert.Contains($"href=\"{first.Path}\"", told, StringComparison.Ordinal);

        var elsewhere = (await mall.GoodsAsync()).First(g => g.SkuId != mall.Card.SkuId).SkuId;
        Assert.DoesNotContain("data-unpaid", (await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku={elsewhere}")).Html, StringComparison.Ordinal);
        using (var stranger = mall.Server.NewClient())
            Assert.DoesNotContain("data-unpaid", (await GetAsync(stranger, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}")).Html, StringComparison.Ordinal);

        var second = await PostAsync(browser, $"/{LinkShopServer.Mall}/checkout", form.Html, OrderFields(form.Html, MallFixture.Unique("back") + "@test.example"));
        Assert.EndsWith("/pay", second.Path, StringComparison.Ordinal);
        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public async Task An_order_is_found_by_its_number_only_with_its_password()
    {
        var order = await mall.OrderAsync(password: "my own");
        using var browser = mall.Server.NewClient();
        var lookup = await GetAsync(browser, $"/{LinkShopServer.Mall}/orders/lookup");

        var wrong = await PostAsync(browser, lookup.Path, lookup.Html, ("Contact", order.Number), ("Password", "not mine"));
        Assert.EndsWith("/orders/lookup", wrong.Path, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, wrong.Status);

        var found = await PostAsync(browser, lookup.Path, lookup.Html, ("Contact", order.Number), ("Password", "my own"));
        Assert.EndsWith("/orders/" + order.OrderId, found.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_called_that_and_a_number_that_does_not_exist_is_answered_the_same()
    {
        var order = await mall.OrderAsync(password: "my own");
        using var browser = mall.Server.NewClient();
        var lookup = await GetAsync(browser, $"/{LinkShopServer.Mall}/orders/lookup");
        foreach (var number in new[] { order.Number, "01AB-CDEF-GHJK-MNPQ" })
        {
            var wrong = await PostAsync(browser, lookup.Path, lookup.Html, ("Contact", number), ("Password", "not mine"));
            Assert.Equal(HttpStatusCode.NotFound, wrong.Status);
            Assert.Contains("没有找到", WebUtility.HtmlDecode(wrong.Html), StringComparison.Ordinal);
            Assert.DoesNotContain("请填写邮箱", WebUtility.HtmlDecode(wrong.Html), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_order_that_was_found_opens_however_many_they_are()
    {
        var contact = MallFixture.Unique("many") + "@test.example";
        var goods = (await mall.GoodsAsync()).Where(g => !g.HasFields && g.Price > 0).MaxBy(g => g.Available ?? int.MaxValue);
        for (var i = 0; i < 17; i++)
        {
            var order = await mall.OrderAsync(goods, "page password", contact);
            using var paid = await mall.CallbackAsync(order);
            paid.EnsureSuccessStatusCode();
        }

        using var browser = mall.Server.NewClient();
        var lookup = await GetAsync(browser, $"/{LinkShopServer.Mall}/orders/lookup");
        var found = await PostAsync(browser, lookup.Path, lookup.Html, ("Contact", contact), ("Password", "page password"));
        var links = System.Text.RegularExpressions.Regex.Matches(found.Html, "class=\"ls-order__title\" href=\"([^\"]+)\"").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList();
        Assert.Equal(17, links.Count);
        // twice, as who goes back to the list and opens another one
        foreach (var link in links.Concat(links))
        {
            var opened = await GetAsync(browser, link);
            Assert.Equal(link.Split('?')[0], opened.Path);
        }
    }

    [Fact]
    public async Task A_zero_character_is_a_bad_request_wherever_it_comes_in()
    {
        using var browser = mall.Server.NewClient();
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku=%00")).Status);
        var lookup = await GetAsync(browser, $"/{LinkShopServer.Mall}/orders/lookup");
        Assert.Equal(HttpStatusCode.OK, lookup.Status);
        using var ordered = await mall.PostRawAsync("/api/v1/orders", """{"lines":[{"skuId":"a\u0000","quantity":1}],"contact":"zero@test.example","lookupPassword":"a password"}""");
        Assert.Equal(HttpStatusCode.BadRequest, ordered.StatusCode);
        Assert.Contains("bad_request", await ordered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressing_the_button_twice_makes_one_order()
    {
        using var browser = mall.Server.NewClient();
        var form = await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1");
        var fields = OrderFields(form.Html, MallFixture.Unique("twice") + "@test.example");
        var first = await PostAsync(browser, $"/{LinkShopServer.Mall}/checkout", form.Html, fields);
        var second = await PostAsync(browser, $"/{LinkShopServer.Mall}/checkout", form.Html, fields);

        Assert.EndsWith("/pay", first.Path, StringComparison.Ordinal);
        Assert.Equal(first.Path, second.Path);
    }

    [Theory]
    [InlineData("", "2", 2, 0)]
    [InlineData("WELCOME5", "1", 1, 500)]
    public async Task What_was_typed_beside_the_form_is_ordered_once_its_total_was_shown(string coupon, string quantity, int units, int discount)
    {
        using var browser = mall.Server.NewClient();
        var goods = (await mall.GoodsAsync()).First(g => g is { HasFields: false, Price: >= 5000 and < 20000 } && g.Available > 10);
        var checkout = $"/{LinkShopServer.Mall}/checkout";
        var shown = await GetAsync(browser, $"{checkout}?sku={goods.SkuId}&quantity=1");
        var contact = MallFixture.Unique("typed") + "@test.example";
        var surprised = await PostAsync(browser, checkout + "?sku=" + goods.SkuId, shown.Html, Typed(shown.Html));

        // another total than the one on the button: it's shown, nothing is ordered, nothing typed is lost
        var total = (goods.Price * units) - discount;
        Assert.Equal(HttpStatusCode.Conflict, surprised.Status);
        Assert.Equal(total.ToString(CultureInfo.InvariantCulture), MallFixture.Hidden(surprised.Html, "ExpectedTotal"));
        Assert.Contains($"value=\"{contact}\"", surprised.Html, StringComparison.Ordinal);
        Assert.Contains($"/checkout?sku={goods.SkuId}&amp;culture=", surprised.Html, StringComparison.Ordinal);

        var placed = await PostAsync(browser, checkout, surprised.Html, Typed(surprised.Html));
        Assert.EndsWith("/pay", placed.Path, StringComparison.Ordinal);
        Assert.Contains((total / 100m).ToString("0.00", CultureInfo.InvariantCulture), placed.Html, StringComparison.Ordinal);

        (string, string)[] Typed(string html) =>
            [("Coupon", coupon), .. OrderFields(html, contact).Select(f => f.Item1 == "Quantity" ? ("Quantity", quantity) : f)];
    }

    [Fact]
    public async Task Asking_for_the_price_orders_nothing_and_keeps_what_was_typed()
    {
        using var browser = mall.Server.NewClient();
        var shown = await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1");
        var fields = OrderFields(shown.Html, "half an address").Select(f => f.Item1 == "Quantity" ? ("Quantity", "2") : f);
        var priced = await PostAsync(browser, $"/{LinkShopServer.Mall}/checkout", shown.Html, [.. fields, ("act", "price")]);
        Assert.Equal(HttpStatusCode.OK, priced.Status);
        Assert.EndsWith("/checkout", priced.Path, StringComparison.Ordinal);
        Assert.Equal((mall.Card.Price * 2).ToString(CultureInfo.InvariantCulture), MallFixture.Hidden(priced.Html, "ExpectedTotal"));
        Assert.Contains("value=\"half an address\"", priced.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("page password", priced.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_is_shown_at_its_field_and_nothing_is_ordered()
    {
        using var browser = mall.Server.NewClient();
        var form = await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1");
        var answer = await PostAsync(browser, $"/{LinkShopServer.Mall}/checkout", form.Html, OrderFields(form.Html, "nobody"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("aria-invalid=\"true\"", answer.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"nobody\"", answer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("page password", answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coupon_that_isnt_good_orders_nothing_and_hides_neither_the_total_nor_the_way_on()
    {
        using var browser = mall.Server.NewClient();
        var form = await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1");
        var answer = await PostAsync(browser, $"/{LinkShopServer.Mall}/checkout", form.Html, [("Coupon", "NO-SUCH-COUPON"), .. OrderFields(form.Html, MallFixture.Unique("coupon") + "@test.example")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("value=\"NO-SUCH-COUPON\"", answer.Html, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", answer.Html, StringComparison.Ordinal);
        Assert.Equal(mall.Card.Price.ToString(CultureInfo.InvariantCulture), MallFixture.Hidden(answer.Html, "ExpectedTotal"));
        Assert.DoesNotContain(" disabled", answer.Html[answer.Html.IndexOf("btn btn-primary btn-lg", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = mall.Server.NewClient();
        using var response = await browser.PostAsync($"/{LinkShopServer.Mall}/checkout", new FormUrlEncodedContent([new("Sku", mall.Card.SkuId), new("Contact", "a@b.example"), new("LookupPassword", "1234")]));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/checkout?sku=nothing")]
    [InlineData("/checkout")]
    [InlineData("/payments/sandbox/sb_01ARZ3NDEKTSV4RRFFQ69G5FAV?ticket=forged")]
    public async Task What_is_not_there_is_said_in_a_page(string path)
    {
        var page = await GetAsync(mall.Server.Client, $"/{LinkShopServer.Mall}{path}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("ls-empty", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Checkout")]
    [InlineData("zh-CN", "结账")]
    public async Task The_page_speaks_the_visitors_language(string language, string heading)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}");
        request.Headers.AcceptLanguage.ParseAdd(language);
        // the shared client may hold the cookie of a language that another test chose
        using var visitor = mall.Server.NewClient();
        using var response = await visitor.SendAsync(request);

        Assert.Contains($"<h1 class=\"mb-3\">{heading}</h1>", WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private async Task<Page> PlaceAsync(HttpClient browser, string contact)
    {
        var form = await GetAsync(browser, $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1");
        Assert.Equal(HttpStatusCode.OK, form.Status);
        return await PostAsync(browser, $"/{LinkShopServer.Mall}/checkout", form.Html, OrderFields(form.Html, contact));
    }

    private static (string, string)[] OrderFields(string html, string contact) =>
    [
        ("Sku", MallFixture.Hidden(html, "Sku")), ("Quantity", "1"), ("Key", MallFixture.Hidden(html, "Key")), ("ExpectedTotal", MallFixture.Hidden(html, "ExpectedTotal")),
        ("Contact", contact), ("LookupPassword", "page password"), ("Provider", "sandbox"),
    ];

    private static async Task<Page> GetAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(response);
    }

    private static async Task<Page> PostAsync(HttpClient browser, string path, string html, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("__RequestVerificationToken", MallFixture.Hidden(html, "__RequestVerificationToken")));
        using var response = await browser.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        return await ReadAsync(response);
    }

    private static async Task<Page> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery.Split("?provider=")[0], await response.Content.ReadAsStringAsync(), response.Headers.CacheControl?.ToString() ?? "");

    private sealed record Page(HttpStatusCode Status, string Path, string Html, string CacheControl);
}
