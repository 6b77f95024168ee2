using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Checkout;

[Collection("mall")]
public sealed class OrdersApiTests(MallFixture mall)
{
    [Fact]
    public async Task An_order_is_made_paid_and_read_with_its_key()
    {
        var order = await mall.OrderAsync();
        var before = await mall.ReadOrderAsync(order);
        Assert.Equal("awaitingPayment", before.GetProperty("state").GetString());
        Assert.Equal(0, before.GetProperty("lines")[0].GetProperty("deliveries").GetArrayLength());

        using var paid = await mall.CallbackAsync(order);
        Assert.Equal("success", await paid.Content.ReadAsStringAsync());

        var after = await mall.ReadOrderAsync(order);
        Assert.Equal("fulfilled", after.GetProperty("state").GetString());
        Assert.NotEmpty(after.GetProperty("lines")[0].GetProperty("deliveries")[0].GetString()!);
    }

    [Fact]
    public async Task The_same_idempotency_key_makes_one_order_also_at_once()
    {
        var key = MallFixture.Unique("key");
        var body = new { lines = new[] { new { skuId = mall.Card.SkuId, quantity = 1 } }, contact = key + "@test.example", lookupPassword = "1234" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var response = await mall.PostAsync("/api/v1/orders", body, ("Idempotency-Key", key));
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }));

        Assert.Single(answers.Select(a => a.GetProperty("orderId").GetString()).Distinct());
        Assert.Single(answers.Select(a => a.GetProperty("accessToken").GetString()).Distinct());

        using var other = await mall.PostAsync("/api/v1/orders", body with { lookupPassword = "5678" }, ("Idempotency-Key", key));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_mismatch"), (other.StatusCode, (await ProblemAsync(other)).GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("""{"lines":[{"skuId":"SKU","quantity":0}],"contact":"a@b.example","lookupPassword":"1234"}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"skuId":"SKU","quantity":100000}],"contact":"a@b.example","lookupPassword":"1234"}""", "lines[0].quantity")]
    [InlineData("""{"lines":[{"skuId":"no such thing"}],"contact":"a@b.example","lookupPassword":"1234"}""", "lines[0].skuId")]
    [InlineData("""{"lines":[{"skuId":"SKU"}],"contact":"nobody","lookupPassword":"1234"}""", "contact")]
    [InlineData("""{"lines":[{"skuId":"SKU"}],"lookupPassword":"1234"}""", "contact")]
    [InlineData("""{"lines":[{"skuId":"SKU"}],"contact":"a@b.example"}""", "lookupPassword")]
    [InlineData("""{"lines":[{"skuId":"SKU"}],"contact":"a@b.example","lookupPassword":"123"}""", "lookupPassword")]
    [InlineData("""{"lines":[{"skuId":"SKU"}],"contact":"a@b.example","lookupPassword":"1234","couponCode":"NO-SUCH-COUPON"}""", "couponCode")]
    [InlineData("""{"lines":[{"skuId":"SKU"}],"contact":"a@b.example","lookupPassword":"1234","state":"paid"}""", "state")]
    [InlineData("""{"lines":[{"skuId":"SKU","quantity":"one"}],"contact":"a@b.example","lookupPassword":"1234"}""", "lines[0].quantity")]
    [InlineData("""{"lines":[]}""", "lines")]
    public async Task Bad_input_is_a_problem_that_names_the_field_and_reserves_nothing(string body, string field)
    {
        using var response = await mall.PostRawAsync("/api/v1/orders", body.Replace("SKU", mall.Card.SkuId, StringComparison.Ordinal));
        var problem = await ProblemAsync(response);

        Assert.InRange((int)response.StatusCode, 400, 422);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task What_is_no_json_or_too_large_is_refused()
    {
        using var rubbish = await mall.PostRawAsync("/api/v1/orders", "{\"lines\":\n[,]}");
        var problem = await ProblemAsync(rubbish);
        Assert.Equal("malformed_json", problem.GetProperty("code").GetString());
        Assert.Contains("line 2", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        using var large = await mall.PostRawAsync("/api/v1/orders", new string(' ', 70_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);

        using var form = await mall.Server.Client.PostAsync($"/{LinkShopServer.Mall}/api/v1/orders", new FormUrlEncodedContent([new("a", "b")]));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
    }

    [Fact]
    public async Task An_order_opens_only_with_its_own_token_or_password()
    {
        var order = await mall.OrderAsync(password: "0000");
        var other = await mall.OrderAsync();

        using var foreign = await mall.GetOrderAsync(order.OrderId, other.Token);
        using var unknown = await mall.GetOrderAsync("01ARZ3NDEKTSV4RRFFQ69G5FAV", other.Token);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, unknown.StatusCode));
        Assert.Equal((await ProblemAsync(unknown)).GetProperty("detail").GetString(), (await ProblemAsync(foreign)).GetProperty("detail").GetString());

        Assert.Equal(HttpStatusCode.OK, await ByPasswordAsync(order, "0000"));
        Assert.Equal(HttpStatusCode.NotFound, await ByPasswordAsync(order, "0"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ByPasswordAsync(order, null));
    }

    [Fact]
    public async Task A_lookup_finds_the_buyers_orders_and_nobody_elses()
    {
        var contact = MallFixture.Unique("find") + "@test.example";
        var order = await mall.OrderAsync(contact: contact, password: "mine");

        using var found = await mall.PostAsync("/api/v1/orders/lookup", new { contact, lookupPassword = "mine" });
        using var wrong = await mall.PostAsync("/api/v1/orders/lookup", new { contact, lookupPassword = "0" });

        var list = (await found.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("orders");
        Assert.Equal([order.OrderId], list.EnumerateArray().Select(o => o.GetProperty("orderId").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
    }

    [Fact]
    public async Task A_cancelled_order_stays_cancelled_and_a_paid_one_cannot_be_cancelled()
    {
        var order = await mall.OrderAsync();
        Assert.Equal(HttpStatusCode.OK, await CancelAsync(order));
        Assert.Equal(HttpStatusCode.OK, await CancelAsync(order));
        Assert.Equal("cancelled", (await mall.ReadOrderAsync(order)).GetProperty("state").GetString());

        var paid = await mall.OrderAsync();
        (await mall.CallbackAsync(paid)).Dispose();
        Assert.Equal(HttpStatusCode.Conflict, await CancelAsync(paid));
    }

    [Fact]
    public async Task Another_mall_knows_nothing_of_the_order_and_its_payment_changes_nothing()
    {
        var order = await mall.OrderAsync();
        using var read = await mall.GetOrderAsync(order.OrderId, order.Token, MallFixture.OtherMall);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);

        var body = JsonSerializer.Serialize(new { eventId = MallFixture.Unique("e"), type = "paid", orderId = order.OrderId, amount = order.Total, currency = "CNY" });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{MallFixture.OtherMall}/payments/sandbox/callback") { Content = new StringContent(body) };
        request.Headers.Add("LinkShop-Signature", MallFixture.Sign(body, LinkShopServer.SandboxSecret));
        using var callback = await mall.Server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, callback.StatusCode);
        Assert.Equal("awaitingPayment", (await mall.ReadOrderAsync(order)).GetProperty("state").GetString());

        // the same idempotency key in two malls is two orders
        var key = MallFixture.Unique("both");
        var wanted = new { lines = new[] { new { skuId = mall.Card.SkuId, quantity = 1 } }, contact = key + "@test.example", lookupPassword = "1234" };
        using var here = await mall.PostAsync("/api/v1/orders", wanted, ("Idempotency-Key", key));
        using var there = await mall.Server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/{MallFixture.OtherMall}/api/v1/orders")
        {
            Content = JsonContent.Create(wanted),
            Headers = { { "Idempotency-Key", key } },
        });
        var (first, second) = (await here.Content.ReadFromJsonAsync<JsonElement>(), await there.Content.ReadFromJsonAsync<JsonElement>());
        Assert.NotEqual(first.GetProperty("orderId").GetString(), second.GetProperty("orderId").GetString());
    }

    [Fact]
    public async Task The_api_is_described_with_its_operations_and_problems()
    {
        var document = await mall.Server.Client.GetFromJsonAsync<JsonElement>($"/{LinkShopServer.Mall}/openapi/v1.json");
        var create = document.GetProperty("paths").GetProperty("/api/v1/orders").GetProperty("post");

        Assert.True(create.GetProperty("responses").TryGetProperty("201", out _));
        Assert.True(create.GetProperty("responses").TryGetProperty("409", out _));
        Assert.Contains(create.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == "Idempotency-Key");
        Assert.True(create.TryGetProperty("requestBody", out _));
    }

    private async Task<HttpStatusCode> ByPasswordAsync(PlacedOrder order, string? password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{LinkShopServer.Mall}/api/v1/orders/{order.OrderId}");
        if (password is not null)
        {
            request.Headers.Add("LinkShop-Lookup-Password", password);
        }

        using var response = await mall.Server.Client.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> CancelAsync(PlacedOrder order)
    {
        using var response = await mall.PostRawAsync($"/api/v1/orders/{order.OrderId}/cancel", "", ("Authorization", "Bearer " + order.Token));
        return response.StatusCode;
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
