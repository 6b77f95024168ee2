using System.Net;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Payments;

public sealed class SecretTests
{
    [Fact]
    public async Task A_configured_secret_that_is_too_short_makes_the_sandbox_unusable_and_a_guess_of_it_is_refused()
    {
        await using var server = await LinkShopServer.StartAsync(new ServerOptions(Settings: new Dictionary<string, string>
        {
            ["LinkShop:Payments:Sandbox:Secret"] = "changeme",
        }));
        const string body = """{"eventId":"e","type":"paid","orderId":"01ARZ3NDEKTSV4RRFFQ69G5FAV","amount":1,"currency":"CNY"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{LinkShopServer.Mall}/payments/sandbox/callback") { Content = new StringContent(body) };
        request.Headers.Add("LinkShop-Signature", Checkout.MallFixture.Sign(body, "changeme"));
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("provider_not_usable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
