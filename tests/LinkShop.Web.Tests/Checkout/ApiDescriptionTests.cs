using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Commerce.Ordering;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>The OpenAPI document says what the API does.</summary>
[Collection("mall")]
public sealed class ApiDescriptionTests(MallFixture mall)
{
    [Fact]
    public async Task Whole_numbers_are_numbers_and_never_texts()
    {
        var document = await ReadAsync();
        var integers = All(document).Where(node => node.ValueKind == JsonValueKind.Object && node.TryGetProperty("format", out var format) && format.ToString() is "int32" or "int64").ToList();
        Assert.True(integers.Count > 10, $"found only {integers.Count}");
        Assert.DoesNotContain(integers, node => node.GetProperty("type").ToString().Contains("string", StringComparison.Ordinal) || node.TryGetProperty("pattern", out _));
    }

    [Fact]
    public async Task Operations_on_an_order_take_its_token_or_its_password_and_the_others_take_neither()
    {
        var document = await ReadAsync();
        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal(("http", "bearer"), (schemes.GetProperty("accessToken").GetProperty("type").GetString(), schemes.GetProperty("accessToken").GetProperty("scheme").GetString()));
        Assert.Equal("LinkShop-Lookup-Password", schemes.GetProperty("lookupPassword").GetProperty("name").GetString());
        var secured = Operations(document).Where(o => o.Value.TryGetProperty("security", out var security) && security.GetRawText().Contains("accessToken", StringComparison.Ordinal)
            && security.GetRawText().Contains("lookupPassword", StringComparison.Ordinal)).Select(o => o.Key).Order(StringComparer.Ordinal);
        Assert.Equal(["cancelOrder", "getOrder"], secured);
    }

    [Fact]
    public async Task Every_refusal_is_described_as_a_problem_with_code_and_errors()
    {
        var document = await ReadAsync();
        var refusals = Operations(document).SelectMany(o => o.Value.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] == '4').Select(r => (o.Key, r.Name, Text: r.Value.GetRawText()))).ToList();
        Assert.All(refusals, refusal => Assert.Contains("schemas/Problem\"", refusal.Text, StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal is ("cancelOrder", "429", _));
        Assert.Equal(["type", "title", "status", "code"], Required(document, "Problem"));
    }

    [Fact]
    public async Task What_must_be_sent_is_required_and_has_a_description_and_states_are_named()
    {
        var document = await ReadAsync();
        Assert.Equal(["lines", "contact", "lookupPassword"], Required(document, "CreateOrderBody"));
        Assert.Equal(["skuId"], Required(document, "OrderLineBody"));
        var create = document.GetProperty("components").GetProperty("schemas").GetProperty("CreateOrderBody").GetProperty("properties");
        Assert.Equal("string", create.GetProperty("contact").GetProperty("type").ToString());
        Assert.Equal("array", create.GetProperty("lines").GetProperty("type").ToString());
        Assert.All(create.EnumerateObject(), member => Assert.NotEmpty(member.Value.GetProperty("description").GetString()!));

        var order = document.GetProperty("components").GetProperty("schemas").GetProperty("OrderBody").GetProperty("properties");
        Assert.Equal(Enum.GetNames<OrderState>().Length, order.GetProperty("state").GetProperty("enum").GetArrayLength());
        Assert.Contains("awaitingPayment", order.GetProperty("state").GetProperty("enum").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal("string", order.GetProperty("paidAt").GetProperty("type").ToString());
        Assert.DoesNotContain("paidAt", Required(document, "OrderBody"));
        Assert.DoesNotContain("pickedNumber", Required(document, "OrderLineReply"));
    }

    [Fact]
    public async Task The_example_of_an_order_has_only_what_the_api_knows()
    {
        var document = await ReadAsync();
        var create = Operations(document)["createOrder"].GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        using var answer = await mall.PostRawAsync("/api/v1/orders", create.GetProperty("example").GetRawText());
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        // nothing but that these goods aren't this mall's
        Assert.Equal(["lines[0].skuId"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    private async Task<JsonElement> ReadAsync() => await mall.Server.Client.GetFromJsonAsync<JsonElement>($"/{LinkShopServer.Mall}/openapi/v1.json");

    private static Dictionary<string, JsonElement> Operations(JsonElement document) => document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
        .ToDictionary(operation => operation.Value.GetProperty("operationId").GetString()!, operation => operation.Value);

    private static IEnumerable<string?> Required(JsonElement document, string schema) =>
        document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("required").EnumerateArray().Select(name => name.GetString());

    private static IEnumerable<JsonElement> All(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => All(member.Value)).Append(node),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(All),
        _ => [],
    };
}
