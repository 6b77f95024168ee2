using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>Mistakes of callers are told by field, in one form.</summary>
[Collection("mall")]
public sealed class ApiMistakesTests(MallFixture mall)
{
    [Theory]
    [InlineData("page=abc", "page")]
    [InlineData("page=", "page")]
    [InlineData("page=99999999999", "page")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("pageSize=1.5", "pageSize")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("sort=best", "sort")]
    [InlineData("search=a&search=b", "search")]
    [InlineData("search=%00", "search")]
    public async Task A_mistake_in_the_query_names_its_parameter(string query, string field)
    {
        using var answer = await mall.Server.Client.GetAsync($"/{LinkShopServer.Mall}/api/v1/products?{query}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("urn:linkshop:problem:" + problem.GetProperty("code").GetString(), problem.GetProperty("type").GetString());
        var error = Assert.Single(problem.GetProperty("errors").EnumerateObject());
        Assert.Equal(field, error.Name);
        Assert.NotEmpty(error.Value[0].GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/orders", "POST")]
    [InlineData("GET", "/api/v1/orders", "POST")]
    [InlineData("GET", "/api/v1/orders/lookup", "POST")]
    [InlineData("PUT", "/api/v1/orders/01ARZ3NDEKTSV4RRFFQ69G5FAV", "GET")]
    [InlineData("GET", "/api/v1/orders/01ARZ3NDEKTSV4RRFFQ69G5FAV/cancel", "POST")]
    [InlineData("POST", "/api/v1/products", "GET")]
    [InlineData("PATCH", "/api/v1/products/some", "GET")]
    public async Task A_wrong_verb_is_told_the_right_one(string verb, string path, string right)
    {
        using var answer = await mall.Server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), $"/{LinkShopServer.Mall}{path}"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains(right, answer.Content.Headers.Allow);
        Assert.Equal("method_not_allowed", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_idempotency_key_has_one_name_in_all_mistakes()
    {
        var key = MallFixture.Unique("key");
        var body = new { lines = new[] { new { skuId = mall.Card.SkuId, quantity = 1 } }, contact = key + "@test.example", lookupPassword = "1234" };
        (await mall.PostAsync("/api/v1/orders", body, ("Idempotency-Key", key))).Dispose();
        using var other = await mall.PostAsync("/api/v1/orders", body with { lookupPassword = "5678" }, ("Idempotency-Key", key));
        using var empty = await mall.PostAsync("/api/v1/orders", body, ("Idempotency-Key", new string('k', 129)));
        foreach (var answer in new[] { other, empty })
            Assert.Equal("Idempotency-Key", Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Why_an_order_cannot_be_called_off_is_said_in_words()
    {
        var order = await mall.OrderAsync();
        (await mall.CallbackAsync(order)).Dispose();
        using var answer = await mall.PostRawAsync($"/api/v1/orders/{order.OrderId}/cancel", "", ("Authorization", "Bearer " + order.Token));
        Assert.Matches("^An order that (is paid|is being delivered|was delivered) can't be cancelled.$", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_new_order_says_the_same_of_its_reservation_as_later()
    {
        using var made = await mall.PostAsync("/api/v1/orders", new { lines = new[] { new { skuId = mall.Card.SkuId } }, contact = MallFixture.Unique("until") + "@test.example", lookupPassword = "1234" });
        var receipt = await made.Content.ReadFromJsonAsync<JsonElement>();
        using var read = await mall.GetOrderAsync(receipt.GetProperty("orderId").GetString()!, receipt.GetProperty("accessToken").GetString()!);
        Assert.Equal((await read.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reservedUntil").GetString(), receipt.GetProperty("reservedUntil").GetString());
    }
}
