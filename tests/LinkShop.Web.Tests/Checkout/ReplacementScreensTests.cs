using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>Replacing a key and the evidence pack, as staff and buyers see them.</summary>
[Collection("mall")]
public sealed class ReplacementScreensTests(MallFixture mall)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Staff_replace_a_key_and_the_buyers_page_download_and_mail_show_the_new_one()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var (order, old) = await PaidAsync();
        var page = await admin.GetAsync(Detail(order));
        Assert.DoesNotContain(old, page, StringComparison.Ordinal);
        Assert.Contains($"{old[..3]}•••{old[^3..]}", WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var form = FormOf(page, "DoesntWork", "tried twice: " + old);
        for (var i = 0; i < 2; i++)
        {
            using var done = await admin.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", form);
            var text = WebUtility.HtmlDecode(await done.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            Assert.Contains("已更换为", text, StringComparison.Ordinal);
            Assert.Contains("tried twice: " + old[..3], text, StringComparison.Ordinal);
            Assert.DoesNotContain(old, text, StringComparison.Ordinal);
        }

        var now = await KeyOfAsync(order);
        Assert.NotEqual(old, now);
        using var buyer = mall.Server.NewClient();
        var shown = WebUtility.HtmlDecode(await buyer.GetStringAsync($"/{LinkShopServer.Mall}/orders/{order.OrderId}?token={order.Token}"));
        Assert.Contains(now, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(old, shown, StringComparison.Ordinal);
        Assert.Contains($"{old[..3]}•••{old[^3..]} 已更换为 {now[..3]}•••{now[^3..]}", shown, StringComparison.Ordinal);
        var file = await buyer.GetStringAsync($"/{LinkShopServer.Mall}/orders/{order.OrderId}/download");
        Assert.Equal([now, $"# {old[..3]}•••{old[^3..]} → {now[..3]}•••{now[^3..]}"], file.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        await FindMailAsync("旧卡密不再有效", order.OrderId);

        // the key from before can't be replaced once more by another form
        form["Once"] = Guid.NewGuid().ToString("n");
        using var again = await admin.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("之前已更换过", WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(now, await KeyOfAsync(order));
    }

    [Fact]
    public async Task A_mail_with_the_goods_has_the_new_key_and_says_which_one_it_replaced()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        await MailGoodsAsync(admin, "true");
        try
        {
            var (order, old) = await PaidAsync();
            using (await admin.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", FormOf(await admin.GetAsync(Detail(order)), "WrongOne", ""))) { }
            var now = await KeyOfAsync(order);
            await FindMailAsync("旧卡密不再有效", order.OrderId, now, $"{old[..3]}•••{old[^3..]} 已更换为 {now[..3]}•••{now[^3..]}");
        }
        finally
        {
            await MailGoodsAsync(admin, "false");
        }
    }

    [Theory]
    [InlineData("", "DoesntWork")]
    [InlineData(null, "")]
    [InlineData("1.x", "DoesntWork")]
    public async Task What_is_missing_in_the_form_is_said_and_nothing_is_replaced(string? key, string reason)
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var (order, old) = await PaidAsync();
        var form = FormOf(await admin.GetAsync(Detail(order)), reason, "kept in the form");
        form["Key"] = key ?? form["Key"];
        using var refused = await admin.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", form);
        var text = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("role=\"alert\"", text, StringComparison.Ordinal);
        Assert.Contains("kept in the form", text, StringComparison.Ordinal);
        Assert.Equal(old, await KeyOfAsync(order));
    }

    [Fact]
    public async Task The_evidence_of_a_disputed_order_can_be_printed_and_sent_and_has_no_key_in_it()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var (order, old) = await PaidAsync();
        using (await admin.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", FormOf(await admin.GetAsync(Detail(order)), "AlreadyUsed", "the buyer says " + old))) { }
        var now = await KeyOfAsync(order);
        using (await mall.CallbackAsync(order, "disputed", paymentId: "pay-" + order.OrderId)) { }
        var detail = WebUtility.HtmlDecode(await admin.GetAsync(Detail(order)));
        Assert.Contains("生成证据材料", detail, StringComparison.Ordinal);
        Assert.True(detail.IndexOf("生成证据材料", StringComparison.Ordinal) < detail.IndexOf("发货明细", StringComparison.Ordinal), "the link isn't at the top of a disputed order");

        var page = WebUtility.HtmlDecode(await admin.GetAsync($"/Admin/Evidence/Index/{order.OrderId}"));
        using var answer = await admin.SendAsync($"/Admin/Evidence/Download/{order.OrderId}");
        var json = await answer.Content.ReadAsByteArrayAsync();
        var file = Encoding.UTF8.GetString(json);
        foreach (var key in (string[])[old, now])
        {
            Assert.DoesNotContain(key, page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(key, file, StringComparison.OrdinalIgnoreCase);
            Assert.Contains($"{key[..3]}•••{key[^3..]}", page, StringComparison.Ordinal);
        }

        var sha = Convert.ToHexStringLower(SHA256.HashData(json));
        Assert.Contains(sha, page, StringComparison.Ordinal);
        Assert.Equal(sha, answer.Headers.GetValues("LinkShop-Content-Sha256").Single());
        Assert.Contains(sha[..16], answer.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var pack = JsonDocument.Parse(json).RootElement;
        Assert.Equal(("disputed", "open"), (pack.GetProperty("order").GetProperty("state").GetString(), pack.GetProperty("payments")[0].GetProperty("dispute").GetString()));
        foreach (var words in (string[])["约定内容", "买家查看记录", "已被使用", "有争议", order.Number, $"{mall.Card.Price / 100m:F2}"])
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("已生成证据材料", WebUtility.HtmlDecode(await admin.GetAsync(Detail(order))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_manages_the_orders_of_this_mall_replaces_keys_and_gets_evidence()
    {
        var (order, old) = await PaidAsync();
        string[] pages = [$"/Admin/Evidence/Index/{order.OrderId}", $"/Admin/Evidence/Download/{order.OrderId}"];
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var form = FormOf(await admin.GetAsync(Detail(order)), "DoesntWork", "");
        using var clerk = await mall.ClerkAsync(admin);
        Assert.Contains("发货明细", WebUtility.HtmlDecode(await clerk.GetAsync(Detail(order))), StringComparison.Ordinal);
        using var other = await ShopAdmin.SignInAsync(mall.Server, MallFixture.OtherMall);
        using var visitor = mall.Server.NewClient();
        foreach (var path in pages)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await clerk.StatusAsync(path));
            Assert.Equal(HttpStatusCode.NotFound, await other.StatusAsync(path));
            using var sent = await visitor.GetAsync($"/{LinkShopServer.Mall}{path}");
            Assert.Contains("/Login", sent.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, await admin.StatusAsync("/Admin/Evidence/Index/01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        Assert.Equal(HttpStatusCode.NotFound, await admin.StatusAsync("/Admin/Evidence/Index"));
        form["__RequestVerificationToken"] = ShopAdmin.FieldsOf(await clerk.GetAsync("/Admin/Orders/Index"))["__RequestVerificationToken"];
        using (var refused = await clerk.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", form))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        form["__RequestVerificationToken"] = ShopAdmin.FieldsOf(await other.GetAsync("/Admin/Orders/Index"))["__RequestVerificationToken"];
        using (var foreign = await other.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", form))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        form.Remove("__RequestVerificationToken");
        using (var unsigned = await admin.PostAsync($"/Admin/Orders/Replace/{order.OrderId}", form))
            Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        Assert.Equal(old, await KeyOfAsync(order));
    }

    private static async Task MailGoodsAsync(ShopAdmin admin, string value)
    {
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/CheckoutSettings"));
        form["MailGoods"] = value;
        using var saved = await admin.PostAsync("/Admin/CheckoutSettings", form);
        saved.EnsureSuccessStatusCode();
    }

    private async Task<(PlacedOrder Order, string Key)> PaidAsync()
    {
        var order = await mall.OrderAsync();
        using var paid = await mall.CallbackAsync(order, paymentId: "pay-" + order.OrderId);
        paid.EnsureSuccessStatusCode();
        return (order, await KeyOfAsync(order));
    }

    private async Task<string> KeyOfAsync(PlacedOrder order) =>
        (await mall.ReadOrderAsync(order)).GetProperty("lines")[0].GetProperty("deliveries").EnumerateArray().Single().GetString()!;

    private static string Detail(PlacedOrder order) => $"/Admin/Orders/Detail/{order.OrderId}";

    /// <summary>The form that replaces a key, filled in.</summary>
    private static Dictionary<string, string> FormOf(string page, string reason, string text)
    {
        var form = Regex.Match(page, "<form[^>]*Orders/Replace/.*?</form>", RegexOptions.Singleline).Value;
        var fields = ShopAdmin.FieldsOf(form);
        fields["Key"] = Regex.Match(form, "<option value=\"(\\d+\\.\\d+)\"").Groups[1].Value;
        fields["Reason"] = reason;
        fields["Text"] = text;
        return fields;
    }

    private async Task FindMailAsync(params string[] words)
    {
        var folder = Path.Combine(mall.Server.DataPath, "Sites", "GameCards", "Outbox");
        for (var until = DateTime.UtcNow + s_limit; ; await Task.Delay(100)) // poll of the condition below
        {
            var mails = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml").Select(File.ReadAllText).ToList() : [];
            if (mails.Exists(mail => words.All(word => Plain(mail).Contains(word, StringComparison.Ordinal))))
                return;
            Assert.True(DateTime.UtcNow < until, $"no mail with {string.Join(", ", words)} among {mails.Count}");
        }
    }

    /// <summary>A mail with its encoded parts beside it in clear.</summary>
    private static string Plain(string mail) => mail + string.Concat(Regex.Matches(mail, @"(?:^[A-Za-z0-9+/=]{4,}\r?\n?)+", RegexOptions.Multiline).Select(m =>
    {
        var bytes = new byte[m.Length];
        return Convert.TryFromBase64String(m.Value.ReplaceLineEndings(""), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }));
}
