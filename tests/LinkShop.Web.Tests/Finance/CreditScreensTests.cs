using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Goods;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Finance;

[Collection("mall")]
public sealed class CreditScreensTests(MallFixture mall)
{
    private const string Screen = "/Admin/Credits/Index";

    [Theory]
    [InlineData("Balance", "使用余额支付")]
    [InlineData("Points", "使用积分支付")]
    public async Task A_buyer_pays_with_what_staff_gave_and_gets_it_back_by_a_refund(string kind, string button)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (buyer, name, id) = await RegisterAsync();
        using var client = buyer;
        var price = mall.Card.Price;
        await GiveAsync(admin, name, kind, kind == "Points" ? $"{price + 50}" : $"{(price + 50) / 100m:F2}");
        Assert.Contains(kind == "Points" ? "我的积分" : "我的余额", WebUtility.HtmlDecode(await client.GetStringAsync(At("/account/orders"))), StringComparison.Ordinal);

        var (order, page) = await OrderAsync(client, name);
        Assert.Contains(button, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        var paid = await PostAsync(client, $"/orders/{order}/pay/credit", page, ("kind", kind));
        Assert.Equal((HttpStatusCode.OK, $"/cards/orders/{order}"), (paid.Status, paid.Path));
        // the second click comes when the first one was done
        Assert.Equal($"/cards/orders/{order}", (await PostAsync(client, $"/orders/{order}/pay/credit", page, ("kind", kind))).Path);
        Assert.Equal(("Fulfilled", 50L), (Stored<string>($"select state from orders where id = '{order}'"), HasOf(id, kind)));
        Assert.Equal(1, Stored<long>($"select count(*) from payments where order_id = '{order}' and provider = '{kind.ToLowerInvariant()}'"));

        var detail = await admin.GetStringAsync(At($"/Admin/Orders/Detail/{order}"));
        await PostAsync(admin, $"/Admin/Orders/Refund/{order}", detail, ("Once", Guid.NewGuid().ToString("n")), ("Amounts[1]", $"{price / 100m:F2}"), ("Reason", "Goodwill"), ("Payer", "Merchant"));
        await Until(() => HasOf(id, kind) == price + 50, "the refund came back");
        Assert.Equal("Refunded", Stored<string>($"select state from orders where id = '{order}'"));
        var books = WebUtility.HtmlDecode(await admin.GetStringAsync(At("/Admin/Finance/Index")));
        Assert.Contains("未说明差额：¥0.00", books, StringComparison.Ordinal);
        var screen = WebUtility.HtmlDecode(await admin.GetStringAsync(At($"{Screen}?user={name}")));
        Assert.Contains("店铺赠送", screen, StringComparison.Ordinal);
        Assert.Contains("退还买家", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_pays_an_order_of_somebody_else_nor_without_enough()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (buyer, name, id) = await RegisterAsync();
        using var client = buyer;
        var (poor, page) = await OrderAsync(client, name);
        Assert.DoesNotContain("pay/credit", page, StringComparison.Ordinal);
        var refused = await PostAsync(client, $"/orders/{poor}/pay/credit", page, ("kind", "Balance"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("余额或积分不足以支付此订单", WebUtility.HtmlDecode(refused.Html), StringComparison.Ordinal);

        // a guest's order, opened in the browser of somebody who has money
        await GiveAsync(admin, name, "Balance", "999.00");
        var guest = await mall.OrderAsync();
        var theirs = await client.GetStringAsync(At($"/orders/{guest.OrderId}/pay?token={guest.Token}"));
        Assert.DoesNotContain("pay/credit", theirs, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(client, $"/orders/{guest.OrderId}/pay/credit", theirs, ("kind", "Balance"))).Status);
        // and without having opened it
        var unseen = await mall.OrderAsync();
        Assert.Equal("/cards/orders/lookup", (await PostAsync(client, $"/orders/{unseen.OrderId}/pay/credit", theirs, ("kind", "Balance"))).Path);
        // nor does a form from another site
        using var forged = await client.PostAsync(At($"/orders/{poor}/pay/credit"), new FormUrlEncodedContent([new("kind", "Balance")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        foreach (var order in (string[])[poor, guest.OrderId, unseen.OrderId])
            Assert.Equal("AwaitingPayment", Stored<string>($"select state from orders where id = '{order}'"));
        Assert.Equal(99_900, HasOf(id, "Balance"));
    }

    [Theory]
    [InlineData("Balance", "1.001", "CNY", "why")]
    [InlineData("Balance", "-1", "CNY", "why")]
    [InlineData("Balance", "1000000.01", "CNY", "why")]
    [InlineData("Points", "1.5", "CNY", "why")]
    [InlineData("Points", "", "CNY", "why")]
    [InlineData("Balance", "1.00", "XXQ", "why")]
    [InlineData("Balance", "1.00", "CNY", " ")]
    public async Task What_is_no_amount_is_refused_not_rounded(string kind, string amount, string currency, string reason)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var page = await admin.GetStringAsync(At($"{Screen}?user={LinkShopServer.AdminUser}"));
        var before = Stored<long>("select count(*) from credit_grant");
        var refused = await PostAsync(admin, "/Admin/Credits/Grant", page, [.. Form(page), ("Kind", kind), ("Amount", amount), ("Currency", currency), ("Reason", reason)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("role=\"alert\"", refused.Html, StringComparison.Ordinal);
        Assert.Equal(before, Stored<long>("select count(*) from credit_grant"));
    }

    [Fact]
    public async Task The_form_sent_twice_gives_once_and_what_is_left_is_taken_back_once()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (buyer, name, id) = await RegisterAsync();
        buyer.Dispose();
        var page = await admin.GetStringAsync(At($"{Screen}?user={name}"));
        (string, string)[] form = [.. Form(page), ("Kind", "Balance"), ("Amount", "3.00"), ("Currency", "cny"), ("Reason", "a present")];
        await PostAsync(admin, "/Admin/Credits/Grant", page, form);
        var after = (await PostAsync(admin, "/Admin/Credits/Grant", page, form)).Html;
        Assert.Equal(300, HasOf(id, "Balance"));
        (string, string)[] back = [("userId", MallFixture.Hidden(after, "userId")), ("grant", MallFixture.Hidden(after, "grant")), ("once", MallFixture.Hidden(after, "once")), ("why", "a mistake")];
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(admin, "/Admin/Credits/TakeBack", after, back)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(admin, "/Admin/Credits/TakeBack", after, back)).Status);
        Assert.Equal(0, HasOf(id, "Balance"));
        var nothing = await PostAsync(admin, "/Admin/Credits/TakeBack", after, [back[0], back[1], ("once", "another"), back[3]]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.Status);
        Assert.Contains("这笔赠送已没有剩余", WebUtility.HtmlDecode(nothing.Html), StringComparison.Ordinal);
        using var missing = await admin.GetAsync(At($"{Screen}?user=nobody-at-all"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("Grant")]
    [InlineData("TakeBack")]
    public async Task Buyers_and_visitors_give_themselves_nothing(string action)
    {
        var (buyer, name, id) = await RegisterAsync();
        using var client = buyer;
        using var seen = await client.GetAsync(At($"{Screen}?user={name}"));
        Assert.Equal(HttpStatusCode.Forbidden, seen.StatusCode);
        using var visitor = mall.Server.NewClient();
        var (own, foreign) = (await client.GetStringAsync(At("/account/orders")), await visitor.GetStringAsync(At("/orders/lookup")));
        (string, string)[] form = [("Once", Guid.NewGuid().ToString("n")), ("UserId", id), ("Kind", "Balance"), ("Amount", "9.00"), ("Currency", "CNY"), ("Reason", "mine")];
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, $"/Admin/Credits/{action}", own, form)).Status);
        Assert.Contains("/Login", (await PostAsync(visitor, $"/Admin/Credits/{action}", foreign, form)).Path, StringComparison.Ordinal);
        // nor do staff of another mall find the buyer
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        using var elsewhere = await other.GetAsync(new Uri($"/{MallFixture.OtherMall}{Screen}?user={name}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal(0, HasOf(id, "Balance"));
    }

    [Fact]
    public async Task Staff_without_the_permission_see_and_give_nothing()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (buyer, name, id) = await RegisterAsync();
        buyer.Dispose();
        var create = await admin.GetStringAsync(At("/Admin/Users/Create"));
        var clerk = "clerk" + Guid.NewGuid().ToString("n")[..8];
        await PostAsync(admin, "/Admin/Users/Create", create, ("UserName", clerk), ("Email", clerk + "@test.example"), ("Password", "Long enough 1"), ("PasswordConfirmation", "Long enough 1"), ("IsEnabled", "true"), ("RoleNames", "Support"));
        using var client = mall.Server.NewClient();
        var login = await client.GetStringAsync(At("/Login"));
        await PostAsync(client, "/Login", login, ("UserName", clerk), ("Password", "Long enough 1"));
        var orders = await client.GetStringAsync(At("/Admin/Orders/Index"));
        using var seen = await client.GetAsync(At($"{Screen}?user={name}"));
        Assert.Equal(HttpStatusCode.Forbidden, seen.StatusCode);
        (string, string)[] form = [("Once", Guid.NewGuid().ToString("n")), ("UserId", id), ("Kind", "Balance"), ("Amount", "9.00"), ("Currency", "CNY"), ("Reason", "mine")];
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, "/Admin/Credits/Grant", orders, form)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, "/Admin/Credits/TakeBack", orders, ("userId", id), ("grant", "none"), ("once", "x"), ("why", "x"))).Status);
        Assert.Equal(0, HasOf(id, "Balance"));
    }

    [Fact]
    public async Task Callbacks_for_a_balance_are_refused_and_it_is_not_among_the_providers()
    {
        foreach (var provider in (string[])["balance", "points"])
        {
            using var answer = await mall.PostRawAsync($"/payments/{provider}/callback", "{}");
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var list = WebUtility.HtmlDecode(await admin.GetStringAsync(At("/Admin/Payments/Index")));
        Assert.Contains("<strong>", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<strong>余额</strong>", list, StringComparison.Ordinal);
        Assert.DoesNotContain("<strong>积分</strong>", list, StringComparison.Ordinal);
        var checkout = await mall.Server.Client.GetStringAsync(At($"/checkout?sku={mall.Card.SkuId}&quantity=1"));
        Assert.DoesNotContain("provider-balance", checkout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_percentage_of_points_is_a_setting_and_is_promised_with_the_order()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (buyer, name, _) = await RegisterAsync();
        using var client = buyer;
        foreach (var (percent, status, rate) in ((string, HttpStatusCode, int)[])[("1.5", HttpStatusCode.OK, 150), ("1.005", HttpStatusCode.UnprocessableEntity, 150), ("101", HttpStatusCode.UnprocessableEntity, 150), ("", HttpStatusCode.OK, 0)])
        {
            var form = ShopAdmin.FieldsOf(await admin.GetStringAsync(At("/Admin/CheckoutSettings")));
            form["PointsPercent"] = percent;
            using var saved = await admin.PostAsync(At("/Admin/CheckoutSettings"), new FormUrlEncodedContent(form));
            Assert.Equal((percent, status), (percent, saved.StatusCode));
            var (order, _) = await OrderAsync(client, name);
            Assert.Equal((percent, rate), (percent, (int)Stored<long>($"select points_rate from orders where id = '{order}'")));
        }
    }

    private async Task GiveAsync(HttpClient admin, string name, string kind, string amount)
    {
        var page = await admin.GetStringAsync(At($"{Screen}?user={name}"));
        var given = await PostAsync(admin, "/Admin/Credits/Grant", page, [.. Form(page), ("Kind", kind), ("Amount", amount), ("Currency", "CNY"), ("Reason", "sorry for the delay")]);
        Assert.Equal(HttpStatusCode.OK, given.Status);
        Assert.Contains("sorry for the delay", given.Html, StringComparison.Ordinal);
    }

    private async Task<(HttpClient Client, string Name, string Id)> RegisterAsync()
    {
        var visitor = mall.Server.NewClient();
        var path = At("/Register?returnUrl=%2Fcards%2Fsearch");
        var form = ShopAdmin.FieldsOf(await visitor.GetStringAsync(path));
        var name = "buyer" + Guid.NewGuid().ToString("n")[..8];
        (form["UserName"], form["Email"], form["Password"], form["PasswordConfirmation"]) = (name, name + "@test.example", "Long enough 1", "Long enough 1");
        using var made = await visitor.PostAsync(path, new FormUrlEncodedContent(form));
        Assert.Equal("/cards/search", made.RequestMessage!.RequestUri!.AbsolutePath);
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        return (visitor, name, MallFixture.Hidden(await admin.GetStringAsync(At($"{Screen}?user={name}")), "UserId"));
    }

    private async Task<(string Order, string Page)> OrderAsync(HttpClient client, string name)
    {
        var order = ShopAdmin.FieldsOf(await client.GetStringAsync(At($"/checkout?sku={mall.Card.SkuId}&quantity=1")));
        (order["Contact"], order["Password"]) = (name + "@test.example", "sesame");
        order.Remove("act");
        using var placed = await client.PostAsync(At("/checkout"), new FormUrlEncodedContent(order));
        Assert.EndsWith("/pay", placed.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        return (placed.RequestMessage.RequestUri.Segments[^2].TrimEnd('/'), await placed.Content.ReadAsStringAsync());
    }

    private static (string, string)[] Form(string page) => [("Once", MallFixture.Hidden(page, "Once")), ("UserId", MallFixture.Hidden(page, "UserId"))];

    private long HasOf(string id, string kind) =>
        Stored<long>($"select coalesce(sum(balance), 0) from ledger_account where owner = '{id}' and purpose = '{(kind == "Points" ? "PointsLiability" : "BuyerBalance")}'");

    private T Stored<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(mall.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 200, $"Waited in vain until {what}.");
            await Task.Delay(50); // poll of the condition above
        }
    }

    private static Uri At(string path) => new($"/{LinkShopServer.Mall}{path}", UriKind.Relative);

    private static async Task<(HttpStatusCode Status, string Path, string Html)> PostAsync(HttpClient client, string path, string html, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("__RequestVerificationToken", MallFixture.Hidden(html, "__RequestVerificationToken")));
        using var content = new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var response = await client.PostAsync(At(path), content);
        return (response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath, await response.Content.ReadAsStringAsync());
    }
}
