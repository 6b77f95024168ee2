using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>Staff correct what they delivered by hand, as they and the buyer see it.</summary>
[Collection("mall")]
public sealed class CorrectionScreensTests(MallFixture mall)
{
    [Fact]
    public async Task Staff_correct_what_they_delivered_and_the_buyers_page_has_the_new_text()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var order = await DeliveredAsync(admin, "Helper Lin, room 4711");
        using var buyer = mall.Server.NewClient();
        Assert.DoesNotContain("data-corrected", await buyer.GetStringAsync(PageOf(order)), StringComparison.Ordinal);

        var form = FormOf(await admin.GetAsync(Detail(order)), "Helper Wu, room 4712", "");
        using (var refused = await admin.PostAsync($"/Admin/Orders/Correct/{order.OrderId}", form))
        {
            var text = await refused.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("Helper Wu, room 4712</textarea>", text, StringComparison.Ordinal);
            Assert.Contains("Helper Lin, room 4711", await buyer.GetStringAsync(PageOf(order)), StringComparison.Ordinal);
        }

        form["Reason"] = "It was Helper Lin, room 4711 by mistake.";
        using (var done = await admin.PostAsync($"/Admin/Orders/Correct/{order.OrderId}", form))
        {
            var text = WebUtility.HtmlDecode(await done.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            Assert.Contains("已更正，原内容为 Hel•••711", text, StringComparison.Ordinal);
            Assert.Contains("已更正交付内容", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Helper Lin, room 4711", text, StringComparison.Ordinal);
        }

        var page = await buyer.GetStringAsync(PageOf(order));
        Assert.Contains("Helper Wu, room 4712", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", page, StringComparison.Ordinal);
        Assert.Contains("data-corrected", page, StringComparison.Ordinal);
        var file = await buyer.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/orders/{order.OrderId}/download", UriKind.Relative));
        Assert.Contains("Helper Wu, room 4712", file, StringComparison.Ordinal);

        // by who opened the page before that
        form["Text"] = "Helper Zhao, room 4713";
        using (var late = await admin.PostAsync($"/Admin/Orders/Correct/{order.OrderId}", form))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Helper Wu, room 4712", await buyer.GetStringAsync(PageOf(order)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_manages_the_orders_of_this_mall_corrects_them()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var order = await DeliveredAsync(admin, "Helper Lin, room 4711");
        var form = FormOf(await admin.GetAsync(Detail(order)), "Helper Wu, room 4712", "wrong");
        using var clerk = await mall.ClerkAsync(admin);
        Assert.DoesNotContain("Orders/Correct", await clerk.GetAsync(Detail(order)), StringComparison.Ordinal);
        form["__RequestVerificationToken"] = ShopAdmin.FieldsOf(await clerk.GetAsync("/Admin/Orders/Index"))["__RequestVerificationToken"];
        using (var refused = await clerk.PostAsync($"/Admin/Orders/Correct/{order.OrderId}", form))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var other = await ShopAdmin.SignInAsync(mall.Server, MallFixture.OtherMall);
        form["__RequestVerificationToken"] = ShopAdmin.FieldsOf(await other.GetAsync("/Admin/Orders/Index"))["__RequestVerificationToken"];
        using (var foreign = await other.PostAsync($"/Admin/Orders/Correct/{order.OrderId}", form))
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        form.Remove("__RequestVerificationToken");
        using (var unsigned = await admin.PostAsync($"/Admin/Orders/Correct/{order.OrderId}", form))
            Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        Assert.Equal(0, mall.Stored($"select count(*) from delivery_correction where order_id = '{order.OrderId}'"));
    }

    private async Task<PlacedOrder> DeliveredAsync(ShopAdmin admin, string text)
    {
        var byHand = (await mall.GoodsAsync()).Single(g => g.SkuId == "CO-1H");
        var order = await mall.OrderAsync(byHand, fields: new { nickname = "Momo", phone = "13800138000", slot = "上午 10:00–12:00" });
        using (await mall.CallbackAsync(order)) { }
        var fields = ShopAdmin.FieldsOf(await admin.GetAsync(Detail(order)));
        using var done = await admin.PostAsync($"/Admin/Orders/Deliver/{order.OrderId}", new Dictionary<string, string> { ["__RequestVerificationToken"] = fields["__RequestVerificationToken"], ["line"] = "1", ["text"] = text });
        done.EnsureSuccessStatusCode();
        return order;
    }

    private static Dictionary<string, string> FormOf(string page, string text, string reason)
    {
        var fields = ShopAdmin.FieldsOf(Regex.Match(page, "<form[^>]*Orders/Correct/.*?</form>", RegexOptions.Singleline).Value);
        (fields["Text"], fields["Reason"]) = (text, reason);
        return fields;
    }

    private static string Detail(PlacedOrder order) => $"/Admin/Orders/Detail/{order.OrderId}";

    private static Uri PageOf(PlacedOrder order) => new($"/{LinkShopServer.Mall}/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}", UriKind.Relative);
}
