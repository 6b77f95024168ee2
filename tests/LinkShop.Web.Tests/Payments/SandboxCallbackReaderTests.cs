using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Payments.Sandbox;

namespace LinkShop.Web.Tests.Payments;

public sealed class SandboxCallbackReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly string OrderId = CommerceId.New(Now);

    [Fact]
    public void An_order_id_alone_names_the_payment()
    {
        var read = Read($$"""{"eventId":"e","type":"paid","orderId":"{{OrderId}}","amount":1999,"currency":"CNY","occurredAt":"2026-11-23T11:59:00Z"}""").Value;

        Assert.Equal((OrderId, "sb_" + OrderId, PaymentEventKind.Paid), (read.OrderId, read.PaymentId, read.Kind));
        Assert.Equal(new Money(1999, "CNY"), read.Amount);
        Assert.Equal(Now.AddMinutes(-1), read.OccurredAt);
    }

    [Theory]
    [InlineData("sb_{0}", true)]
    [InlineData("sb_{0}_2", true)]
    [InlineData("sb_{0}2", false)]
    [InlineData("xx_{0}", false)]
    [InlineData("sb_short", false)]
    public void A_payment_id_alone_names_the_order(string form, bool known)
    {
        var paymentId = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, OrderId);
        var read = Read($$"""{"eventId":"e","type":"failed","paymentId":"{{paymentId}}","amount":1,"currency":"CNY"}""");

        Assert.Equal(known ? OrderId : null, read.Succeeded ? read.Value.OrderId : null);
        Assert.Equal(known ? null : CommerceErrors.UnknownOrder, read.Error?.Code);
    }

    [Theory]
    [InlineData("""{"type":"paid","orderId":"o","amount":1,"currency":"CNY"}""", "eventId")]
    [InlineData("""{"eventId":"e","orderId":"o","amount":1,"currency":"CNY"}""", "type")]
    [InlineData("""{"eventId":"e","type":"PAID","orderId":"o","amount":1,"currency":"CNY"}""", "type")]
    [InlineData("""{"eventId":"e","type":"paid","amount":1,"currency":"CNY"}""", "orderId")]
    [InlineData("""{"eventId":"e","type":"paid","orderId":"o","currency":"CNY"}""", "amount")]
    [InlineData("""{"eventId":"e","type":"paid","orderId":"o","amount":1}""", "currency")]
    public void A_missing_or_unknown_member_is_named(string json, string field) => Assert.Equal(field, Read(json).Error?.Field);

    [Fact]
    public void An_amount_with_decimals_is_no_amount() =>
        Assert.Throws<System.Text.Json.JsonException>(() => Read("""{"eventId":"e","type":"paid","orderId":"o","amount":19.99,"currency":"CNY"}"""));

    private static CommerceResult<PaymentEvent> Read(string json) => SandboxCallbackReader.Read(Encoding.UTF8.GetBytes(json), Now);
}
