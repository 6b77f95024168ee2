using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Payments;

public sealed class SecretTests
{
    [Fact]
    public async Task A_configured_secret_that_is_too_short_makes_the_sandbox_unusable_and_a_guess_of_it_is_refused()
    {
        await using var server = await LinkShopServer.StartAsync(await Demo.OptionsAsync("sqlite", settings: new Dictionary<string, string> { ["LinkShop:Payments:Sandbox:Secret"] = "changeme" }));
        const string body = """{"eventId":"e","type":"paid","orderId":"01ARZ3NDEKTSV4RRFFQ69G5FAV","amount":1,"currency":"CNY"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{LinkShopServer.Mall}/payments/sandbox/callback") { Content = new StringContent(body) };
        request.Headers.Add("LinkShop-Signature", Checkout.MallFixture.Sign(body, "changeme"));
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("provider_not_usable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_operator_has_switched_the_sandbox_off_nothing_is_paid_without_money()
    {
        await using var server = await LinkShopServer.StartAsync(await Demo.OptionsAsync("sqlite", settings: new Dictionary<string, string> { ["LinkShop:Payments:Sandbox:Enabled"] = "false" }));
        using var placed = await server.Client.PostAsJsonAsync($"/{LinkShopServer.Mall}/api/v1/orders", Shops.RunningTests.Wish(Placement.ShopBuyers.Sku));
        Assert.True(placed.IsSuccessStatusCode);
        var order = (await placed.Content.ReadFromJsonAsync<JsonElement>())!;
        var (id, token) = (order.GetProperty("orderId").GetString()!, order.GetProperty("accessToken").GetString()!);
        // signed with the secret that configuration gives, which counts for nothing now
        var body = JsonSerializer.Serialize(new { eventId = "e", type = "paid", orderId = id, amount = order.GetProperty("total").GetProperty("minor").GetInt64(), currency = "CNY" });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{LinkShopServer.Mall}/payments/sandbox/callback") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(SandboxGateway.SignatureHeader, SandboxGateway.Sign(Encoding.UTF8.GetBytes(body)));
        using var response = await server.Client.SendAsync(request);
        Assert.Contains("provider_not_usable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("payments/sandbox", await server.Client.GetStringAsync($"/{LinkShopServer.Mall}/orders/{id}/pay?token={token}"), StringComparison.Ordinal);
        using var read = new HttpRequestMessage(HttpMethod.Get, $"/{LinkShopServer.Mall}/api/v1/orders/{id}");
        read.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var state = await server.Client.SendAsync(read);
        Assert.Equal("awaitingPayment", (await state.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
    }
}
