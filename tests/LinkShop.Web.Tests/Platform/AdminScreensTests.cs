using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Platform;

[Collection("mall")]
public sealed class AdminScreensTests(MallFixture mall)
{
    public static TheoryData<string> Screens =>
    [
        "/Admin", "/Admin/Orders/Index", "/Admin/Coupons/Index", "/Admin/Coupons/Create", "/Admin/Payments/Index", "/Admin/Payments/Sandbox",
        "/Admin/Outbox/Index", "/Admin/CheckoutSettings", "/Admin/Products", "/Admin/KeyPools/Index", "/Admin/Refunds/Index", "/Admin/Finance/Index", "/Admin/Finance/Wallet", "/Admin/Fees/Index", "/Admin/Credits/Index", "/Admin/Payouts/Index", "/Admin/Payouts/Create", "/Admin/Payees/Index", "/Admin/Payees/Edit", "/Admin/Reconciliation/Index", "/Admin/Arrivals/Index", "/Admin/Merchants/Index", "/Admin/Merchants/Edit", "/Admin/Resale/Offers", "/Admin/Resale/Offers/Edit",
        "/Admin/Messages/Index", "/Admin/QuickReplies/Index", "/Admin/Customers/Index",
    ];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_visitor_is_sent_to_the_sign_in_and_an_administrator_sees_the_screen(string path)
    {
        using var visitor = mall.Server.NewClient();
        using var refused = await visitor.GetAsync(new Uri($"/{LinkShopServer.Mall}{path}", UriKind.Relative));
        Assert.Contains("/Login", refused.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);

        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        using var seen = await admin.GetAsync(new Uri($"/{LinkShopServer.Mall}{path}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, $"/{LinkShopServer.Mall}{path}"), (seen.StatusCode, seen.RequestMessage!.RequestUri!.AbsolutePath));
    }

    [Theory]
    [InlineData("/Admin/Shops/Index")]
    [InlineData("/Admin/Shops/Create")]
    public async Task So_it_is_on_the_platform(string path)
    {
        using var visitor = mall.Server.NewClient();
        using var refused = await visitor.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains("/Login", refused.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        using var admin = await mall.SignInAsync("");
        using var seen = await admin.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, path), (seen.StatusCode, seen.RequestMessage!.RequestUri!.AbsolutePath));
        using var elsewhere = await mall.SignInAsync(LinkShopServer.Mall);
        using var missing = await elsewhere.GetAsync(new Uri($"/{LinkShopServer.Mall}{path}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("/Admin/Orders/Index?From=0202-11-01", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/Admin/Orders/Index?To=9999-12-31", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/Admin/Orders/Export?From=0202-11-01", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/Admin/Orders/Export?To=9999-12-31", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/Admin/Orders/Index?From=1970-01-01&To=9998-12-31", HttpStatusCode.OK)]
    public async Task A_date_that_nobody_can_mean_is_refused_at_its_field(string path, HttpStatusCode status)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        using var answer = await admin.GetAsync(new Uri($"/{LinkShopServer.Mall}{path}", UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status != HttpStatusCode.OK, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Contains("1970 年至 9998 年", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/Admin/Settings/nope", HttpStatusCode.NotFound)]
    [InlineData("/Admin/Settings/email", HttpStatusCode.OK)]
    public async Task Settings_that_do_not_exist_are_not_found(string path, HttpStatusCode status)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        using var answer = await admin.GetAsync(new Uri($"/{LinkShopServer.Mall}{path}", UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_rows_buttons_say_the_name_that_is_shown_in_the_readers_language()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var roles = WebUtility.HtmlDecode(await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Roles", UriKind.Relative)));
        Assert.Contains("<span class=\"visually-hidden\"> 管理员</span>", roles, StringComparison.Ordinal);
        Assert.DoesNotContain("<span class=\"visually-hidden\"> Administrator</span>", roles, StringComparison.Ordinal);
        var product = await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Contents/ContentItems/goods-xuanye/Edit?culture=en", UriKind.Relative));
        Assert.Contains("summary here are in Chinese", product, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_platforms_front_page_leads_to_its_malls()
    {
        using var visitor = mall.Server.NewClient();
        var page = await visitor.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains($"/{LinkShopServer.Mall}\"", page, StringComparison.Ordinal);
        Assert.Contains($"/{MallFixture.OtherMall}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_is_found_confirmed_by_hand_and_shows_its_history()
    {
        var order = await mall.OrderAsync();
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var list = await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Orders/Index?Q={order.Number}", UriKind.Relative));
        Assert.Contains(order.OrderId, list, StringComparison.Ordinal);

        var detail = new Uri($"/{LinkShopServer.Mall}/Admin/Orders/Detail/{order.OrderId}", UriKind.Relative);
        var page = await admin.GetStringAsync(detail);
        await PostAsync(admin, $"/Admin/Orders/Confirm/{order.OrderId}", page, ("reason", "bank reference 42"));

        var after = await admin.GetStringAsync(detail);
        Assert.Contains("bank reference 42", after, StringComparison.Ordinal);
        Assert.Equal("fulfilled", (await mall.ReadOrderAsync(order)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_confirmed()
    {
        var order = await mall.OrderAsync();
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var page = await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Orders/Detail/{order.OrderId}", UriKind.Relative));
        await PostAsync(admin, $"/Admin/Orders/Confirm/{order.OrderId}", page, ("reason", "  "));

        Assert.Equal("awaitingPayment", (await mall.ReadOrderAsync(order)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Another_malls_administrator_cannot_open_the_order()
    {
        var order = await mall.OrderAsync();
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        using var there = await other.GetAsync(new Uri($"/{MallFixture.OtherMall}/Admin/Orders/Detail/{order.OrderId}", UriKind.Relative));
        using var here = await other.GetAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Orders/Detail/{order.OrderId}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, there.StatusCode);
        Assert.Contains("/Login", here.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coupon_is_made_used_and_disabled()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var code = "T" + Guid.NewGuid().ToString("n")[..10].ToUpperInvariant();
        var form = await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Coupons/Create", UriKind.Relative));
        var made = await PostAsync(admin, "/Admin/Coupons/Create", form, ("Code", code), ("Kind", "Percentage"), ("Currency", "CNY"), ("Value", "10"));
        Assert.Contains(code, made, StringComparison.Ordinal);

        var page = await mall.Server.Client.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1&coupon={code}", UriKind.Relative));
        Assert.Equal(mall.Card.Price - (mall.Card.Price / 10), long.Parse(MallFixture.Hidden(page, "ExpectedTotal"), System.Globalization.CultureInfo.InvariantCulture));

        await PostAsync(admin, $"/Admin/Coupons/Toggle/{code}", made);
        var after = await mall.Server.Client.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=1&coupon={code}", UriKind.Relative));
        Assert.Contains("field-validation-error", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coupons_end_is_a_time_of_the_shop_not_of_the_server()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var code = "E" + Guid.NewGuid().ToString("n")[..10].ToUpperInvariant();
        var form = await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Coupons/Create", UriKind.Relative));
        var list = await PostAsync(admin, "/Admin/Coupons/Create", form, ("Code", code), ("Kind", "Fixed"), ("Currency", "CNY"), ("Value", "10"), ("ValidUntil", "2031-05-04T06:30"));
        Assert.Contains("2031/5/4 06:30", list, StringComparison.Ordinal);
        // Shanghai is eight hours ahead
        var stored = System.Text.Json.JsonDocument.Parse(Stored(code)).RootElement.EnumerateObject().Single(p => p.Name.Equals("ValidUntil", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(new DateTimeOffset(2031, 5, 3, 22, 30, 0, TimeSpan.Zero), stored.Value.GetDateTimeOffset());
    }

    private string Stored(string code)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(mall.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select document from coupons where code = $code";
        command.Parameters.AddWithValue("$code", code);
        return (string)command.ExecuteScalar()!;
    }

    [Fact]
    public async Task A_coupon_without_a_currency_is_refused_in_the_readers_language()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Coupons/Create", UriKind.Relative));
        var refused = await PostAsync(admin, "/Admin/Coupons/Create", form, ("Code", "ABC-1"), ("Kind", "Fixed"), ("Currency", ""), ("Value", "10"));
        Assert.DoesNotContain("field is required", refused, StringComparison.Ordinal);
        Assert.Contains("格式不正确", System.Net.WebUtility.HtmlDecode(refused), StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(HttpClient admin, string path, string html, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("__RequestVerificationToken", MallFixture.Hidden(html, "__RequestVerificationToken")));
        using var response = await admin.PostAsync(new Uri($"/{LinkShopServer.Mall}{path}", UriKind.Relative), new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        return await response.Content.ReadAsStringAsync();
    }
}
