using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Commerce.Ordering;
using LinkShop.Testing;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

[Collection("mall")]
public sealed partial class ShopMailTests(MallFixture mall)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_shops_people_are_told_of_orders_to_deliver_payments_that_do_not_fit_and_pools_that_run_low()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        await SetAsync(admin, "desk@shop.example, night@shop.example");
        var byHand = (await mall.GoodsAsync()).Single(g => g.SkuId == "CO-1H");
        var task = await mall.OrderAsync(byHand, fields: new { nickname = "Momo", phone = "13800138000", slot = "上午 10:00–12:00" });
        using (await mall.CallbackAsync(task)) { }
        var odd = await mall.OrderAsync();
        using (await mall.CallbackAsync(odd, amount: odd.Total + 1)) { }
        var pool = await admin.CreatePoolAsync("Runs low " + Guid.NewGuid().ToString("n")[..6]);
        await admin.ImportAsync(pool, "only-one-key");

        await FindAsync($"/Admin/Orders/Detail/{task.OrderId}", task.Number);
        await FindAsync($"/Admin/Orders/Detail/{odd.OrderId}", odd.Number);
        await FindAsync($"/Admin/KeyPools/Details/{pool}", "Runs low");
    }

    [Fact]
    public async Task A_request_for_money_back_reaches_the_shop_and_its_answer_the_buyer()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        await SetAsync(admin, "desk@shop.example, night@shop.example");
        var contact = MallFixture.Unique("asks") + "@test.example";
        var order = await mall.OrderAsync(contact: contact);
        using (await mall.CallbackAsync(order)) { }
        await AskAsync(order);
        await FindAsync($"/Admin/Orders/Detail/{order.OrderId}#money", order.Number, "申请退款");

        var detail = await admin.GetAsync($"/Admin/Orders/Detail/{order.OrderId}");
        var answer = "/Admin/Orders/Answer/" + order.OrderId;
        var fields = ShopAdmin.FieldsOf(detail);
        using (var declined = await admin.PostAsync(answer, new Dictionary<string, string>
               {
                   ["__RequestVerificationToken"] = fields["__RequestVerificationToken"], ["Request"] = MallFixture.Hidden(detail, "Request"), ["Approve"] = "false", ["Payer"] = "Merchant", ["Note"] = "It was first used by you.",
               }))
            declined.EnsureSuccessStatusCode();
        await FindToAsync(contact, order.Number, "店铺不同意退还", "It was first used by you.");
    }

    [Fact]
    public async Task A_buyer_whose_request_is_agreed_to_reads_the_answer_and_that_the_money_is_back_and_nothing_twice()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var contact = MallFixture.Unique("agreed") + "@test.example";
        var order = await mall.OrderAsync(contact: contact);
        using (await mall.CallbackAsync(order)) { }
        await AskAsync(order);
        var detail = await admin.GetAsync($"/Admin/Orders/Detail/{order.OrderId}");
        Assert.Matches("name=\"Amounts\\[1\\]\" value=\"1.00\"", detail);
        using (var agreed = await admin.PostAsync("/Admin/Orders/Answer/" + order.OrderId, new Dictionary<string, string>
               {
                   ["__RequestVerificationToken"] = ShopAdmin.FieldsOf(detail)["__RequestVerificationToken"], ["Request"] = MallFixture.Hidden(detail, "Request"), ["Approve"] = "true", ["Payer"] = "Merchant", ["Note"] = "Half of it works.", ["Amounts[1]"] = "0.40",
               }))
            agreed.EnsureSuccessStatusCode();
        await FindToAsync(contact, order.Number, "您申请退还 ¥1.00，店铺同意退还 ¥0.40", "Half of it works.");
        await FindToAsync(contact, order.Number, "已向您退款");
        using (var buyer = mall.Server.NewClient())
            Assert.Contains("您申请了 ¥1.00", await buyer.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}", UriKind.Relative)), StringComparison.Ordinal);
        // all that was told of this order was handled
        while (mall.Stored($"select count(*) from outbox where payload like '%{order.OrderId}%'") > 0)
            await Task.Delay(50, TestContext.Current.CancellationToken); // poll of the condition above
        Assert.Equal(3, Directory.GetFiles(Folder, "*.eml").Count(file => TextOf(file).Contains(contact, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_buyers_message_reaches_the_shop_with_its_keys_masked()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        await SetAsync(admin, "desk@shop.example, night@shop.example");
        var order = await mall.OrderAsync();
        using (await mall.CallbackAsync(order)) { }
        using var buyer = mall.Server.NewClient();
        var page = await buyer.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}", UriKind.Relative));
        var key = Regex.Match(page, "id=\"key-1-0\">([^<]+)<").Groups[1].Value;
        Assert.True(key.Length > 5);
        var form = await buyer.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/support?order={order.OrderId}", UriKind.Relative));
        using var message = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", MallFixture.Hidden(form, "__RequestVerificationToken")), new("Once", MallFixture.Hidden(form, "Once")), new("Order", order.OrderId), new("Category", "KeyInvalid"),
            new("Text", $"My key {key} is refused in {order.Number}."),
        ]);
        using (var asked = await buyer.PostAsync(new Uri($"/{LinkShopServer.Mall}/support", UriKind.Relative), message))
            asked.EnsureSuccessStatusCode();
        var mail = await FindToAsync("night@shop.example", order.Number, "is refused in", "/Admin/Messages/Detail/");
        Assert.DoesNotContain(key, mail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_not_an_address_is_refused()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server, MallFixture.OtherMall);
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/CheckoutSettings"));
        form["ShopMail"] = "desk@shop.example, nobody";
        using var refused = await admin.PostAsync("/Admin/CheckoutSettings", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("请填写邮箱地址", ShopAdmin.TextOf(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    /// <summary>Its buyer asks for a part of the money.</summary>
    private async Task AskAsync(PlacedOrder order)
    {
        using var buyer = mall.Server.NewClient();
        var page = await buyer.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}", UriKind.Relative));
        using var form = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", MallFixture.Hidden(page, "__RequestVerificationToken")), new("Once", MallFixture.Hidden(page, "Once")), new("Amounts[1]", "1.00"), new("Reason", "KeyInvalid"),
            new("Text", "It says it was used."),
        ]);
        using var asked = await buyer.PostAsync(new Uri($"/{LinkShopServer.Mall}/orders/{order.OrderId}/refund", UriKind.Relative), form);
        asked.EnsureSuccessStatusCode();
    }

    private static async Task SetAsync(ShopAdmin admin, string mail)
    {
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/CheckoutSettings"));
        form["ShopMail"] = mail;
        using var saved = await admin.PostAsync("/Admin/CheckoutSettings", form);
        saved.EnsureSuccessStatusCode();
    }

    private string Folder => Path.Combine(mall.Server.DataPath, "Sites", "GameCards", "Outbox");

    private Task<string> FindAsync(params string[] words) => FindToAsync("night@shop.example", words);

    /// <summary>Waits for a mail to an address whose text has the words.</summary>
    private async Task<string> FindToAsync(string address, params string[] words)
    {
        var until = DateTime.UtcNow + s_limit;
        while (true)
        {
            var mails = Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.eml").Select(TextOf).ToList() : [];
            if (mails.Find(mail => mail.Contains(address, StringComparison.Ordinal) && Array.TrueForAll(words, word => mail.Contains(word, StringComparison.Ordinal))) is { } found)
                return found;
            Assert.True(DateTime.UtcNow < until, $"no mail with {string.Join(", ", words)} among {mails.Count}");
            await Task.Delay(100); // poll of the condition above
        }
    }

    /// <summary>The mail with its subject and each of its parts as text.</summary>
    internal static string TextOf(string file)
    {
        var mail = File.ReadAllText(file);
        return mail + Encoding.UTF8.GetString([.. Base64Words().Matches(mail).SelectMany(word => Convert.FromBase64String(word.Groups[1].Value))]) + string.Concat(Base64Part().Matches(mail).Select(part => Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[1].Value.Trim()))));
    }

    [GeneratedRegex("Content-Transfer-Encoding: base64\r\n(?:[^\r\n]+\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Base64Part();

    [GeneratedRegex("=\\?utf-8\\?B\\?([A-Za-z0-9+/=]+)\\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Base64Words();
}
