using System.Text;
using System.Text.Json;
using LinkShop.Checkout.Api;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Http;

namespace LinkShop.Web.Tests.Checkout;

public sealed class CreateOrderReaderTests
{
    [Fact]
    public void Everything_in_the_body_reaches_ordering_and_only_the_server_names_the_buyer()
    {
        var order = Read("""
            {"lines":[{"skuId":"a","quantity":2,"pickedKeyId":7,"fields":{"account":"x"}},{"skuId":"b"}],
             "contact":"a@b.example","lookupPassword":"0000","couponCode":"C","culture":"en","expectedTotalMinor":5}
            """).Value;

        Assert.Equal(["a", "b"], order.Lines.Select(l => l.SkuId));
        Assert.Equal([2, 1], order.Lines.Select(l => l.Quantity));
        Assert.Equal((7L, "x"), (order.Lines[0].PickedKeyId, order.Lines[0].Fields["account"]));
        Assert.Equal(("a@b.example", "0000", "C", "en", 5L), (order.Contact, order.LookupPassword, order.CouponCode, order.Culture, order.ExpectedTotalMinor));
        Assert.Equal(("key", "10.0.0.1", null), (order.IdempotencyKey, order.ClientAddress, order.UserId));
    }

    [Theory]
    [InlineData("{}", "lines", CommerceErrors.Required)]
    [InlineData("""{"lines":[]}""", "lines", CommerceErrors.Required)]
    [InlineData("""{"lines":[{"quantity":1}]}""", "lines[0].skuId", CommerceErrors.Required)]
    [InlineData("""{"lines":[{"skuId":"a"},null]}""", "lines[1].skuId", CommerceErrors.Required)]
    [InlineData("""{"lines":[{"skuId":"a","fields":{"account":null}}]}""", "lines[0].fields.account", CommerceErrors.Invalid)]
    [InlineData("""{"lines":[{"skuId":"a"}],"culture":"fr"}""", "culture", CommerceErrors.Invalid)]
    public void A_mistake_names_its_field(string json, string field, string code)
    {
        var error = Read(json).Error;
        Assert.Equal((field, code), (error?.Field, error?.Code));
    }

    [Theory]
    [InlineData("""{"lines":[{"skuId":"a","userId":"1"}]}""", "lines[0].userId", "unknown_member")]
    [InlineData("""{"lines":[{"skuId":"a"}],"couponcode":"x"}""", "couponcode", "unknown_member")]
    [InlineData("""{"lines":[{"skuId":"a","quantity":"2"}]}""", "lines[0].quantity", "malformed_json")]
    [InlineData("""{"lines":[{"skuId":"a","quantity":1.5}]}""", "lines[0].quantity", "malformed_json")]
    [InlineData("""{"lines":[{"skuId":"a","quantity":99999999999}]}""", "lines[0].quantity", "malformed_json")]
    [InlineData("""{"lines":{}}""", "lines", "malformed_json")]
    [InlineData("""{"lines":[""", "lines[0]", "malformed_json")]
    [InlineData("", null, "malformed_json")]
    [InlineData("nonsense", null, "malformed_json")]
    public void A_text_of_another_shape_names_the_path_and_the_place(string json, string? field, string code)
    {
        var error = Problems.FromJson(Assert.ThrowsAny<JsonException>(() => Read(json)));
        Assert.Equal((field, code), (error.Field, error.Code));
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"lines":[{"skuId":"a","quantity":"2"}]}""", "The member 'lines[0].quantity' must be an integer of 32 bits")]
    [InlineData("""{"lines":[{"skuId":"a"}],"expectedTotalMinor":1.5}""", "The member 'expectedTotalMinor' must be an integer of 64 bits")]
    [InlineData("""{"lines":[{"skuId":7}]}""", "The member 'lines[0].skuId' must be a text")]
    [InlineData("""{"lines":{}}""", "The member 'lines' must be a list")]
    [InlineData("""{"lines":[5]}""", "The member 'lines[0]' must be an object")]
    public void A_value_of_the_wrong_type_is_told_the_right_one(string json, string says) =>
        Assert.StartsWith(says, Problems.FromJson(Assert.ThrowsAny<JsonException>(() => Read(json))).Message, StringComparison.Ordinal);

    private static CommerceResult<OrderRequest> Read(string json) => CreateOrderReader.Read(Encoding.UTF8.GetBytes(json), "key", "10.0.0.1");
}
