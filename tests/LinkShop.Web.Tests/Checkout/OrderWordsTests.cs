using System.Globalization;
using System.Net;
using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Testing;
using LinkShop.Web.Tests.Finance;
using Microsoft.Extensions.Localization;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>What buyers are told about money and limits.</summary>
[Collection("mall")]
public sealed class OrderWordsTests(MallFixture mall)
{
    [Fact]
    public void Whoever_has_too_many_unpaid_orders_is_told_so_and_not_of_a_limit_of_the_product()
    {
        var messages = new CommerceMessages(new Texts<CommerceMessages>());
        Assert.Contains("unpaid orders", messages.Of(new CommerceError(CommerceErrors.BuyerLimit, "", "contact")), StringComparison.Ordinal);
        Assert.Contains("purchase limit for this product", messages.Of(new CommerceError(CommerceErrors.BuyerLimit, "", "lines[0].quantity")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_says_what_would_be_possible()
    {
        var messages = new CommerceMessages(new Texts<CommerceMessages>());
        Assert.Equal("An order can have 2 to 12 of this.", messages.Of(new(CommerceErrors.QuantityOutOfRange, "") { Facts = [2, 12] }));
        Assert.Equal("A buyer can have 5 of this, and you have bought or reserved 3 already.", messages.Of(new(CommerceErrors.BuyerLimit, "", "lines[0].quantity") { Facts = [5, 3L] }));
        Assert.Matches("for [^0-9]*100.00 or more; .* comes to [^0-9]*60.50 here", messages.Of(new(CommerceErrors.CouponMinimum, "") { Facts = [new Money(10_000, "CNY"), new Money(6050, "CNY")] }));
    }

    [Theory]
    [InlineData(OrderState.Expired, 500, 0, "Your payment came too late or was more than the order. We give ¥5.00 back to you")]
    [InlineData(OrderState.Refunded, 500, 0, "We give ¥5.00 back to you")]
    [InlineData(OrderState.PartiallyRefunded, 300, 200, "We give ¥3.00 back to you")]
    [InlineData(OrderState.Fulfilled, 0, 0, "Your order was delivered")]
    public void A_mail_about_money_to_give_back_says_how_things_are_when_it_is_written(OrderState state, long due, long refunded, string opening)
    {
        Money In(long minor) => new(minor, "CNY");
        var order = new OrderView
        {
            OrderId = "o", Number = "N", State = state, Total = In(500), Discount = In(0), Captured = In(0), RefundDue = In(due), Refunded = In(refunded),
            CreatedAt = DateTimeOffset.UnixEpoch, ReservedUntil = DateTimeOffset.UnixEpoch, Culture = "en", Lines = [],
        };
        var mail = OrderMailText.GivingBack(new Texts<OrderMailText>(), "Shop", order, CultureInfo.GetCultureInfo("zh-CN"));
        Assert.StartsWith(opening, mail.Opening.Replace("Thank you! ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("0.00 ", mail.Opening.Replace("5.00", "", StringComparison.Ordinal).Replace("3.00", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(due > 0, mail.Subject.Contains("we give money back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refund_that_is_decided_and_not_paid_out_yet_is_shown_as_on_its_way()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        // confirmed by hand: no provider gives it back by itself
        var order = await mall.OrderAsync();
        await admin.PostAsync($"/Admin/Orders/Confirm/{order.OrderId}", await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}"), ("reason", "seen at the bank"));
        var detail = await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}");
        var amount = new Money(order.Total, "CNY");
        var granted = await admin.PostAsync(
            $"/Admin/Orders/Refund/{order.OrderId}", detail, ("Once", MallFixture.Hidden(detail, "Once")), ("Amounts[1]", amount.ToDecimalString()), ("Reason", "KeyInvalid"), ("Payer", "Platform"), ("Text", "It was used."));
        Assert.Equal(HttpStatusCode.OK, granted.Status);
        Assert.Equal(order.Total, mall.Stored($"select refund_approved from orders where id = '{order.OrderId}'"));
        Assert.Equal(0, mall.Stored($"select refunded from orders where id = '{order.OrderId}'"));

        using var buyer = mall.Server.NewClient();
        var page = WebUtility.HtmlDecode(await buyer.GetStringAsync(MallPages.At($"/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}")));
        Assert.Contains("退款处理中", page, StringComparison.Ordinal);
        Assert.Contains($"我们将退还您 {amount.Format(CultureInfo.GetCultureInfo("zh-CN"))}。", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0.00", page.Replace(amount.ToDecimalString(), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private sealed class Texts<T> : IStringLocalizer<T>
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, string.Format(CultureInfo.InvariantCulture, name, arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
