using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Shops;

namespace LinkShop.Web.Tests.Support;

/// <summary>Buyers and the shop's staff write to each other.</summary>
[Collection("mall")]
public sealed class SupportPagesTests(MallFixture mall)
{
    private static byte[] Png => ShopPlatforms.Png;

    [Fact]
    public async Task A_buyer_asks_on_the_orders_page_staff_answer_and_nobody_else_sees_it()
    {
        var contact = MallFixture.Unique("asks") + "@test.example";
        var order = await mall.OrderAsync(contact: contact);
        using (await mall.CallbackAsync(order)) { }
        using var buyer = mall.Server.NewClient();
        var orderPage = await buyer.ReadAsync($"/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}");
        Assert.Contains($"/cards/support?order={order.OrderId}", orderPage, StringComparison.Ordinal);
        var key = Regex.Match(orderPage, "id=\"key-1-0\">([^<]+)<").Groups[1].Value;
        var form = await buyer.ReadAsync($"/support?order={order.OrderId}");
        var opened = await SendAsync(buyer, "/support", form, Png, ("Order", order.OrderId), ("Category", "KeyInvalid"), ("Text", $"<b>bold</b> {key} http://evil.example https://help.example/a?b=1&c=2 https://bank.example@evil.example/"));
        var ticket = Regex.Match(opened.Path, "/cards/support/([0-9A-Z]{26})$").Groups[1].Value;
        Assert.Equal(26, ticket.Length);
        AssertHarmless(opened.Raw);

        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        Assert.Contains(ticket, await admin.ReadAsync("/Admin/Messages/Index?Q=" + order.Number), StringComparison.Ordinal);
        Assert.Contains("id=\"waiting-buyers\"", await admin.ReadAsync("/Admin"), StringComparison.Ordinal);
        Assert.Contains(ticket, await admin.ReadAsync("/Admin/Orders/Detail/" + order.OrderId), StringComparison.Ordinal);
        var raw = await admin.GetStringAsync(MallPages.At("/Admin/Messages/Detail/" + ticket));
        AssertHarmless(raw);
        Assert.Contains(order.Number, raw, StringComparison.Ordinal);
        await SendAsync(admin, "/Admin/Messages/Answer/" + ticket, raw, null, ("Text", $"Your key {key} is fine: use it in the app."));

        Assert.Contains("data-unread", await buyer.ReadAsync("/orders/" + order.OrderId), StringComparison.Ordinal);
        Assert.Contains("use it in the app", await buyer.ReadAsync("/support/" + ticket), StringComparison.Ordinal);
        Assert.DoesNotContain("data-unread", await buyer.ReadAsync("/orders/" + order.OrderId), StringComparison.Ordinal);
        var mail = await MailToAsync(contact, "use it in the app");
        Assert.DoesNotContain(key, mail, StringComparison.OrdinalIgnoreCase);
        var link = Regex.Match(mail, $@"/support/{ticket}\?token=[\w%-]+").Value;
        using var phone = mall.Server.NewClient();
        Assert.Contains("use it in the app", await phone.ReadAsync(link), StringComparison.Ordinal);

        // nobody else: a stranger, another mall's staff, a signed-out visitor of the desk
        using var stranger = mall.Server.NewClient();
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        Assert.DoesNotContain("use it in the app", await stranger.ReadAsync("/support/" + ticket), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await StatusAsync(stranger, $"/support/{ticket}/pictures/1/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await StatusAsync(other, "/Admin/Messages/Detail/" + ticket, MallFixture.OtherMall)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await StatusAsync(other, $"/Admin/Messages/Picture/{ticket}?number=1&position=1", MallFixture.OtherMall)).StatusCode);
        var elsewhere = await stranger.ReadAsync("/support");
        await SendAsync(stranger, "/support/" + ticket, elsewhere, null, ("Text", "Let me in"));
        await SendAsync(stranger, "/support", elsewhere, null, ("Order", order.OrderId), ("Category", "Refund"), ("Text", "Give me the money"));
        Assert.Equal(2, mall.Stored($"select count(*) from ticket_message where ticket_id = '{ticket}'"));
        Assert.Equal(1, mall.Stored($"select count(*) from ticket where order_id = '{order.OrderId}'"));

        var picture = await StatusAsync(buyer, $"/support/{ticket}/pictures/1/1");
        Assert.Equal(("image/png", "nosniff", "inline; filename=\"picture-1-1.png\"", "default-src 'none'; sandbox"),
            (picture.Content.Headers.ContentType!.ToString(), picture.Headers.GetValues("X-Content-Type-Options").Single(), picture.Content.Headers.GetValues("Content-Disposition").Single(), picture.Headers.GetValues("Content-Security-Policy").Single()));
        Assert.Equal(Png, await picture.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_visitor_asks_in_general_and_finds_the_answer_by_contact_and_password()
    {
        var contact = MallFixture.Unique("guest") + "@test.example";
        using var visitor = mall.Server.NewClient();
        Assert.Contains("/cards/support\"", await visitor.ReadAsync("/"), StringComparison.Ordinal);
        var form = await visitor.ReadAsync("/support");
        var refused = await SendAsync(visitor, "/support", form, Encoding.UTF8.GetBytes("<svg onload=alert(1)>"), ("Category", "Question"), ("Text", "Do you sell X?"), ("Contact", contact), ("LookupPassword", "sesame"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("PNG", refused.Raw, StringComparison.Ordinal);
        await SendAsync(visitor, "/support", form, null, ("Category", "Question"), ("Text", "Do you sell X?"), ("Contact", contact), ("LookupPassword", "sesame"));

        using var later = mall.Server.NewClient();
        var find = await later.ReadAsync("/support/find");
        var wrong = await later.PostAsync("/support/find", find, ("Contact", contact), ("Password", "guess"));
        Assert.Equal(HttpStatusCode.NotFound, wrong.Status);
        Assert.DoesNotContain("Do you sell X?", wrong.Html, StringComparison.Ordinal);
        Assert.Contains("Do you sell X?", (await later.PostAsync("/support/find", find, ("Contact", contact), ("Password", "sesame"))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_without_the_permission_read_and_change_nothing()
    {
        var order = await mall.OrderAsync();
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        using var buyer = mall.Server.NewClient();
        await buyer.ReadAsync($"/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}");
        var opened = await SendAsync(buyer, "/support", await buyer.ReadAsync($"/support?order={order.OrderId}"), Png, ("Order", order.OrderId), ("Category", "Question"), ("Text", "Hello"));
        var ticket = opened.Path[^26..];
        var (accountant, _) = await mall.UserAsync(admin, "Accountant");
        using var signedIn = accountant;
        var page = await accountant.ReadAsync("/Admin/Orders/Index");
        foreach (var screen in new[] { "Messages/Index", "Messages/Detail/" + ticket, $"Messages/Picture/{ticket}?number=1&position=1", "QuickReplies/Index", "Customers/Index", "Customers/Detail/" + order.OrderId, "Orders/Export" })
            Assert.Equal((screen, HttpStatusCode.Forbidden), (screen, (await StatusAsync(accountant, "/Admin/" + screen)).StatusCode));
        foreach (var act in new[] { "Messages/Answer/" + ticket, "Messages/Close/" + ticket, "Messages/Assign/" + ticket, "QuickReplies/Save", "QuickReplies/Delete/x" })
        {
            (string, string)[] fields = [("Once", "x"), ("Text", "Mine"), ("title", "Mine"), ("assignee", "admin")];
            Assert.Equal((act, HttpStatusCode.Forbidden), (act, (await accountant.PostAsync("/Admin/" + act, page, fields)).Status));
            // and whoever may, not without the form's token
            using var bare = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            using var answer = await admin.PostAsync(MallPages.At("/Admin/" + act), bare);
            Assert.Equal((act, HttpStatusCode.BadRequest), (act, answer.StatusCode));
        }

        Assert.Equal(1, mall.Stored($"select count(*) from ticket where id = '{ticket}' and state = 'Open' and assignee is null and messages = 1"));
        Assert.Equal(0, mall.Stored("select count(*) from quick_reply where title = 'Mine'"));

        // who sees orders doesn't read what their buyers write
        Assert.DoesNotContain(ticket, await accountant.ReadAsync("/Admin/Orders/Detail/" + order.OrderId), StringComparison.Ordinal);
        Assert.Contains(ticket, await admin.ReadAsync("/Admin/Orders/Detail/" + order.OrderId), StringComparison.Ordinal);

        // customer service may, and hands over only to those who may too
        var (support, name) = await mall.UserAsync(admin, "Support");
        using var colleague = support;
        var desk = await support.ReadAsync("/Admin/Messages/Detail/" + ticket);
        await support.PostAsync("/Admin/Messages/Assign/" + ticket, desk, ("assignee", "nobody-here"));
        Assert.Equal(0, mall.Stored($"select count(*) from ticket where id = '{ticket}' and assignee is not null"));
        await support.PostAsync("/Admin/Messages/Assign/" + ticket, desk, ("assignee", name));
        Assert.Equal(1, mall.Stored($"select count(*) from ticket where id = '{ticket}' and assignee = '{name}'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await StatusAsync(support, "/Admin/Orders/Export")).StatusCode);
    }

    [Fact]
    public async Task The_shops_customers_are_listed_with_what_they_paid_and_found_by_contact()
    {
        var contact = MallFixture.Unique("regular") + "@test.example";
        var order = await mall.OrderAsync(contact: contact);
        using (await mall.CallbackAsync(order)) { }
        await mall.OrderAsync(contact: contact);
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var list = await admin.ReadAsync("/Admin/Customers/Index?q=" + contact);
        Assert.Contains(contact, list, StringComparison.Ordinal);
        var detail = await admin.ReadAsync(Regex.Match(list, "/Admin/Customers/Detail/[0-9A-Z]{26}").Value);
        Assert.Contains(order.Number, detail, StringComparison.Ordinal);
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        Assert.DoesNotContain(contact, await other.ReadAsync("/Admin/Customers/Index", MallFixture.OtherMall), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await StatusAsync(other, "/Admin/Customers/Detail/" + order.OrderId, MallFixture.OtherMall)).StatusCode);
    }

    private static void AssertHarmless(string html)
    {
        Assert.Contains("&lt;b&gt;bold", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", html, StringComparison.Ordinal);
        var links = Regex.Matches(html, "<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"([^\"]+)\">([^<]+)</a>").ToList();
        Assert.Equal(("https://help.example/a?b=1&amp;c=2", "https://help.example/a?b=1&amp;c=2"), (links.Single().Groups[1].Value, links.Single().Groups[2].Value));
        Assert.DoesNotContain("href=\"http://evil", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"https://bank", html, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Path, string Raw)> SendAsync(HttpClient client, string path, string page, byte[]? picture, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("Once", Guid.NewGuid().ToString("n"))).Append(("__RequestVerificationToken", MallFixture.Hidden(page, "__RequestVerificationToken"))))
            content.Add(new StringContent(value), name);
        if (picture is not null)
        {
            var file = new ByteArrayContent(picture);
            file.Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");
            content.Add(file, "Pictures", "evil.html");
        }

        using var response = await client.PostAsync(MallPages.At(path), content);
        return (response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath, await response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> StatusAsync(HttpClient client, string path, string tenant = LinkShopServer.Mall) => client.GetAsync(MallPages.At(path, tenant));

    private async Task<string> MailToAsync(string address, string words)
    {
        var folder = Path.Combine(mall.Server.DataPath, "Sites", "GameCards", "Outbox");
        for (var until = DateTime.UtcNow.AddSeconds(30); ;)
        {
            var mails = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml").Select(ShopMailTests.TextOf) : [];
            if (mails.FirstOrDefault(m => m.Contains(address, StringComparison.Ordinal) && m.Contains(words, StringComparison.Ordinal)) is { } mail)
                return mail;
            Assert.True(DateTime.UtcNow < until, "no mail to " + address);
            await Task.Delay(100); // poll of the condition above
        }
    }
}
