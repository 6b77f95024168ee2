using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>One running mall for the tests that only add orders to it.</summary>
public sealed class MallFixture : IAsyncLifetime
{
    public const string OtherMall = "other";

    private static int s_counter;

    public LinkShopServer Server { get; private set; } = null!;

    /// <summary>A variant that is delivered by card key and asks for nothing.</summary>
    public Goods Card { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await LinkShopServer.StartAsync(new ServerOptions(Settings: new Dictionary<string, string>
        {
            ["LinkShop:RateLimits:Enabled"] = "false",
            ["LinkShop:Ordering:MaxUnpaidPerAddress"] = "100000",
            ["LinkShop:Support:MaxPerAddressPerHour"] = "100000",
            // every test signs in from the same address
            ["OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute"] = "10000",
            // a second mall from the same recipe, on the same blueprint
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:ShellName"] = "Other",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:SiteName"] = "Other",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:RequestUrlPrefix"] = OtherMall,
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:RecipeName"] = "GameCards",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:AdminUsername"] = LinkShopServer.AdminUser,
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:AdminEmail"] = "admin@other.example",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:1:AdminPassword"] = LinkShopServer.AdminPassword,
        }));
        Card = (await GoodsAsync()).First(g => g is { Delivery: "CardKey" or "cardKey" or "1", HasFields: false } && g.Available > 20);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static string Unique(string prefix) => $"{prefix}{Interlocked.Increment(ref s_counter)}-{Guid.NewGuid():n}";

    /// <summary>All variants of the mall.</summary>
    public async Task<List<Goods>> GoodsAsync()
    {
        var all = new List<Goods>();
        var list = await Server.Client.GetFromJsonAsync<JsonElement>($"/{LinkShopServer.Mall}/api/v1/products?pageSize=100");
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var product = await Server.Client.GetFromJsonAsync<JsonElement>($"/{LinkShopServer.Mall}/api/v1/products/{item.GetProperty("id").GetString()}");
            var fields = product.GetProperty("buyerFields").GetArrayLength() > 0;
            foreach (var sku in product.GetProperty("skus").EnumerateArray())
            {
                all.Add(new Goods(
                    sku.GetProperty("id").GetString()!, sku.GetProperty("priceMinor").GetInt64(), product.GetProperty("currency").GetString()!,
                    sku.GetProperty("delivery").ToString(), fields, sku.GetProperty("available").ValueKind == JsonValueKind.Null ? null : sku.GetProperty("available").GetInt32()));
            }
        }

        return all;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body, params (string Name, string Value)[] headers) =>
        PostRawAsync(path, JsonSerializer.Serialize(body, JsonSerializerOptions.Web), headers);

    public async Task<HttpResponseMessage> PostRawAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{LinkShopServer.Mall}{path}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Server.Client.SendAsync(request);
    }

    /// <summary>An unpaid order.</summary>
    public async Task<PlacedOrder> OrderAsync(Goods? goods = null, string? password = null, string? contact = null, object? fields = null)
    {
        using var response = await PostAsync("/api/v1/orders", new
        {
            lines = new[] { new { skuId = (goods ?? Card).SkuId, quantity = 1, fields } },
            contact = contact ?? Unique("buyer") + "@test.example",
            lookupPassword = password ?? "a password",
        });
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return new PlacedOrder(body.GetProperty("orderId").GetString()!, body.GetProperty("accessToken").GetString()!, body.GetProperty("total").GetProperty("minor").GetInt64(), body.GetProperty("number").GetString()!);
    }

    public async Task<HttpResponseMessage> GetOrderAsync(string orderId, string token, string mall = LinkShopServer.Mall)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{mall}/api/v1/orders/{orderId}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await Server.Client.SendAsync(request);
    }

    public async Task<JsonElement> ReadOrderAsync(PlacedOrder order)
    {
        using var response = await GetOrderAsync(order.OrderId, order.Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Somebody who may look at orders but not change them.</summary>
    internal async Task<ShopAdmin> ClerkAsync(ShopAdmin admin)
    {
        var name = "clerk" + Guid.NewGuid().ToString("n")[..8];
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/Users/Create"));
        (form["UserName"], form["Email"], form["Password"], form["IsEnabled"], form["RoleNames"]) = (name, name + "@test.example", LinkShopServer.AdminPassword, "true", "Support");
        using (var made = await admin.PostAsync("/Admin/Users/Create", form))
            Assert.Contains(name, await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return await ShopAdmin.SignInAsync(Server, user: name);
    }

    public Task<HttpResponseMessage> CallbackAsync(PlacedOrder order, string type = "paid", string? eventId = null, long? amount = null, string currency = "CNY", string? paymentId = null) =>
        SignedAsync(JsonSerializer.Serialize(new { eventId = eventId ?? Unique("e"), type, orderId = order.OrderId, paymentId, amount = amount ?? order.Total, currency }));

    public Task<HttpResponseMessage> SignedAsync(string body, string secret = LinkShopServer.SandboxSecret, int age = 0) =>
        PostRawAsync("/payments/sandbox/callback", body, (SandboxGateway.SignatureHeader, Sign(body, secret, age)));

    public static string Sign(string body, string secret, int age = 0) => SandboxGateway.Sign(Encoding.UTF8.GetBytes(body), secret, age);

    /// <summary>A browser signed in as a tenant's administrator; the empty name is the platform.</summary>
    public async Task<HttpClient> SignInAsync(string tenant)
    {
        var client = Server.NewClient();
        var path = new Uri(tenant.Length == 0 ? "/Login" : $"/{tenant}/Login", UriKind.Relative);
        var form = await client.GetStringAsync(path);
        using var response = await client.PostAsync(path, new FormUrlEncodedContent(
        [
            new("UserName", LinkShopServer.AdminUser), new("Password", LinkShopServer.AdminPassword), new("__RequestVerificationToken", Hidden(form, "__RequestVerificationToken")),
        ]));
        Assert.DoesNotContain("/Login", response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        return client;
    }

    /// <summary>The value of a hidden field of the page.</summary>
    public static string Hidden(string html, string name)
    {
        var tag = Regex.Matches(html, "<input[^>]*>").Select(m => m.Value).First(t => t.Contains($"name=\"{name}\"", StringComparison.Ordinal));
        return System.Net.WebUtility.HtmlDecode(Regex.Match(tag, "value=\"([^\"]*)\"").Groups[1].Value);
    }
}

/// <summary>A variant on sale.</summary>
public sealed record Goods(string SkuId, long Price, string Currency, string Delivery, bool HasFields, int? Available);

/// <summary>An order made by a test.</summary>
public sealed record PlacedOrder(string OrderId, string Token, long Total, string Number);

[CollectionDefinition("mall")]
public sealed class MallTests : ICollectionFixture<MallFixture>;
