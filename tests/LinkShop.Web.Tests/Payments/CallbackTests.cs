using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Payments;

[Collection("mall")]
public sealed class CallbackTests(MallFixture mall)
{
    [Fact]
    public async Task The_same_callback_a_hundred_times_at_once_delivers_once_and_is_answered_with_success_each_time()
    {
        var order = await mall.OrderAsync();
        var eventId = MallFixture.Unique("same");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var response = await mall.CallbackAsync(order, eventId: eventId);
            return (response.StatusCode, Body: await response.Content.ReadAsStringAsync());
        }));

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.OK, "success"), a));
        var after = await mall.ReadOrderAsync(order);
        Assert.Equal(1, after.GetProperty("lines")[0].GetProperty("deliveries").GetArrayLength());
        Assert.Equal(0, after.GetProperty("refundDue").GetProperty("minor").GetInt64());
    }

    [Theory]
    [InlineData("another secret of at least 32 characters", 0, "bad_signature")]
    [InlineData(LinkShopServer.SandboxSecret, 301, "stale_signature")]
    [InlineData(LinkShopServer.SandboxSecret, -400, "stale_signature")]
    public async Task A_bad_or_stale_signature_is_refused_and_delivers_nothing(string secret, int age, string code)
    {
        var order = await mall.OrderAsync();
        var body = JsonSerializer.Serialize(new { eventId = MallFixture.Unique("e"), type = "paid", orderId = order.OrderId, amount = order.Total, currency = "CNY" });
        using var response = await mall.SignedAsync(body, secret, age);

        await AssertRefusedAsync(response, HttpStatusCode.Unauthorized, code, order);
    }

    [Fact]
    public async Task An_unsigned_callback_or_one_changed_on_its_way_is_refused()
    {
        var order = await mall.OrderAsync();
        var body = JsonSerializer.Serialize(new { eventId = MallFixture.Unique("e"), type = "paid", orderId = order.OrderId, amount = order.Total, currency = "CNY" });

        using var unsigned = await mall.PostRawAsync("/payments/sandbox/callback", body);
        await AssertRefusedAsync(unsigned, HttpStatusCode.Unauthorized, "bad_signature", order);
        using var changed = await mall.PostRawAsync("/payments/sandbox/callback", body + " ", ("LinkShop-Signature", MallFixture.Sign(body, LinkShopServer.SandboxSecret)));
        await AssertRefusedAsync(changed, HttpStatusCode.Unauthorized, "bad_signature", order);
    }

    [Fact]
    public async Task A_wrong_amount_or_currency_never_delivers_and_the_right_one_still_does()
    {
        var order = await mall.OrderAsync();
        using var less = await mall.CallbackAsync(order, amount: order.Total - 1);
        await AssertRefusedAsync(less, HttpStatusCode.UnprocessableEntity, "amount_mismatch", order);
        using var dollars = await mall.CallbackAsync(order, currency: "USD");
        await AssertRefusedAsync(dollars, HttpStatusCode.UnprocessableEntity, "currency_mismatch", order);

        using var right = await mall.CallbackAsync(order);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal("fulfilled", (await mall.ReadOrderAsync(order)).GetProperty("state").GetString());

        // staff read why, with what came, and come from the list of refusals to the order
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var detail = await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}");
        Assert.Contains($"被拒绝 · {new LinkShop.Commerce.Money(order.Total - 1, "CNY").Format(System.Globalization.CultureInfo.GetCultureInfo("zh-CN"))}", detail, StringComparison.Ordinal);
        Assert.Contains("金额与订单不符", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("amount_mismatch", detail, StringComparison.Ordinal);
        Assert.Matches($"/Admin/Orders/Detail/{order.OrderId}\"[^>]*>[^<]*{order.Number}<", await admin.ReadAsync("/Admin/Payments/Index"));
    }

    [Fact]
    public async Task An_unknown_order_an_unknown_provider_and_rubbish_are_client_errors()
    {
        using var unknown = await mall.CallbackAsync(new PlacedOrder("01ARZ3NDEKTSV4RRFFQ69G5FAV", "", 100, ""));
        Assert.Equal((HttpStatusCode.NotFound, "unknown_order"), (unknown.StatusCode, await CodeAsync(unknown)));

        using var provider = await mall.PostRawAsync("/payments/nobody/callback", "{}");
        Assert.Equal(HttpStatusCode.NotFound, provider.StatusCode);

        using var rubbish = await mall.SignedAsync("not json");
        Assert.Equal((HttpStatusCode.BadRequest, "malformed_json"), (rubbish.StatusCode, await CodeAsync(rubbish)));
    }

    [Fact]
    public async Task A_failed_payment_leaves_the_order_open_for_another_one()
    {
        var order = await mall.OrderAsync();
        (await mall.CallbackAsync(order, "failed", paymentId: $"sb_{order.OrderId}_1")).Dispose();
        Assert.Equal("awaitingPayment", (await mall.ReadOrderAsync(order)).GetProperty("state").GetString());

        (await mall.CallbackAsync(order, paymentId: $"sb_{order.OrderId}_2")).Dispose();
        Assert.Equal("fulfilled", (await mall.ReadOrderAsync(order)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_second_payment_is_given_back_and_delivers_nothing_more()
    {
        var order = await mall.OrderAsync();
        (await mall.CallbackAsync(order)).Dispose();
        using var second = await mall.CallbackAsync(order, paymentId: $"sb_{order.OrderId}_2");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var after = await mall.ReadOrderAsync(order);
        for (var watch = Stopwatch.StartNew(); after.GetProperty("refundDue").GetProperty("minor").GetInt64() > 0; after = await mall.ReadOrderAsync(order))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "The second payment wasn't given back.");
            await Task.Delay(50); // poll of the condition above
        }

        Assert.Equal("fulfilled", after.GetProperty("state").GetString());
        Assert.Equal(1, after.GetProperty("lines")[0].GetProperty("deliveries").GetArrayLength());
    }

    [Fact]
    public async Task Staff_see_what_was_refused()
    {
        var order = await mall.OrderAsync();
        using var unsigned = await mall.PostRawAsync("/payments/sandbox/callback", "{}");
        using var less = await mall.CallbackAsync(order, amount: order.Total - 1);
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var page = WebUtility.HtmlDecode(await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Payments/Index", UriKind.Relative)));
        Assert.Contains("签名缺失或不正确", page, StringComparison.Ordinal);
        Assert.Contains("金额与订单不符", page, StringComparison.Ordinal);
        Assert.Contains(order.OrderId, page, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code, PlacedOrder order)
    {
        Assert.Equal((status, code), (response.StatusCode, await CodeAsync(response)));
        var after = await mall.ReadOrderAsync(order);
        Assert.Equal("awaitingPayment", after.GetProperty("state").GetString());
        Assert.Equal(0, after.GetProperty("lines")[0].GetProperty("deliveries").GetArrayLength());
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
