using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Processes;

/// <summary>An order that was made, and what its buyer was told.</summary>
/// <param name="Id">Id.</param>
/// <param name="Token">Opens it.</param>
/// <param name="Total">Minor units.</param>
internal sealed record BuyersOrder(string Id, string Token, long Total);

/// <summary>What came of an order that a moving shop may refuse.</summary>
/// <param name="Order">The order; null: come back later.</param>
internal sealed record Attempt(BuyersOrder? Order);

/// <summary>Buys through one server's JSON API and plays the gateway.</summary>
internal sealed class Buyer(LinkShopServer server) : IDisposable
{
    private const string Mall = "/" + LinkShopServer.Mall;
    private static readonly BuyersOrder Moving = new("", "", 0);
    private readonly HttpClient _client = server.NewClient();

    /// <summary>Settings under which one address may send everything.</summary>
    public static Dictionary<string, string> NoLimits => new()
    {
        ["LinkShop:RateLimits:Enabled"] = "false",
        ["LinkShop:Ordering:MaxUnpaidPerAddress"] = "1000000",
    };

    /// <summary>Makes an order; null when the goods are sold out. No order in it: the shop is being moved.</summary>
    public async Task<Attempt?> TryOrderAsync(string sku)
    {
        var order = await OrderAsync(sku, mayMove: true);
        return order == Moving ? new Attempt(null) : order is null ? null : new Attempt(order);
    }

    /// <summary>Makes an order; null when the goods are sold out.</summary>
    public Task<BuyersOrder?> OrderAsync(string sku) => OrderAsync(sku, mayMove: false);

    private async Task<BuyersOrder?> OrderAsync(string sku, bool mayMove)
    {
        var name = Guid.NewGuid().ToString("N");
        using var response = await _client.PostAsJsonAsync(
            new Uri($"{Mall}/api/v1/orders", UriKind.Relative),
            new { lines = new[] { new { skuId = sku, quantity = 1 } }, contact = $"{name}@example.com", lookupPassword = name });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        if (response.StatusCode == HttpStatusCode.Created)
            return new BuyersOrder(answer.GetProperty("orderId").GetString()!, answer.GetProperty("accessToken").GetString()!, answer.GetProperty("total").GetProperty("minor").GetInt64());
        if (mayMove && response.StatusCode == HttpStatusCode.ServiceUnavailable && answer.GetProperty("code").GetString() == "shop_moving")
            return Moving;
        Assert.Equal("sold_out", answer.GetProperty("code").GetString());
        return null;
    }

    /// <summary>Sends the gateway's signed callback; the answer's status.</summary>
    public async Task<HttpStatusCode> PayAsync(BuyersOrder order)
    {
        var body = JsonSerializer.Serialize(new { eventId = "evt-" + order.Id, type = "paid", orderId = order.Id, amount = order.Total, currency = "CNY" });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Mall}/payments/sandbox/callback") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(SandboxGateway.SignatureHeader, SandboxGateway.Sign(Encoding.UTF8.GetBytes(body)));
        using var response = await _client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>What was delivered.</summary>
    public async Task<string[]> KeysAsync(BuyersOrder order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Mall}/api/v1/orders/{order.Id}");
        request.Headers.Add("Authorization", "Bearer " + order.Token);
        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return [.. answer.GetProperty("lines").EnumerateArray().SelectMany(l => l.GetProperty("deliveries").EnumerateArray()).Select(k => k.GetString()!)];
    }

    public void Dispose() => _client.Dispose();
}
