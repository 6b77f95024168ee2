using System.Net;
using System.Text;
using LinkShop.Commerce.Ordering;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

[Collection("mall")]
public sealed class ShopMailTests(MallFixture mall)
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
    public async Task What_is_not_an_address_is_refused()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server, MallFixture.OtherMall);
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/CheckoutSettings"));
        form["ShopMail"] = "desk@shop.example, nobody";
        using var refused = await admin.PostAsync("/Admin/CheckoutSettings", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("请填写邮箱地址", ShopAdmin.TextOf(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private static async Task SetAsync(ShopAdmin admin, string mail)
    {
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/CheckoutSettings"));
        form["ShopMail"] = mail;
        using var saved = await admin.PostAsync("/Admin/CheckoutSettings", form);
        saved.EnsureSuccessStatusCode();
    }

    /// <summary>Waits for a mail to both addresses whose text has the words.</summary>
    private async Task FindAsync(params string[] words)
    {
        var folder = Path.Combine(mall.Server.DataPath, "Sites", "GameCards", "Outbox");
        var until = DateTime.UtcNow + s_limit;
        while (true)
        {
            var mails = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml").Select(TextOf).ToList() : [];
            if (mails.Exists(mail => mail.Contains("night@shop.example", StringComparison.Ordinal) && Array.TrueForAll(words, word => mail.Contains(word, StringComparison.Ordinal))))
                return;
            Assert.True(DateTime.UtcNow < until, $"no mail with {string.Join(", ", words)} among {mails.Count}");
            await Task.Delay(100); // poll of the condition above
        }
    }

    private static string TextOf(string file)
    {
        var mail = File.ReadAllText(file);
        var body = mail.Split("\r\n\r\n", 2);
        return body.Length == 2 && body[0].Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? body[0] + Encoding.UTF8.GetString(Convert.FromBase64String(body[1].Trim()))
            : mail;
    }
}
