using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Payments;

/// <summary>Money that comes when the goods aren't kept for the buyer any more.</summary>
public sealed class LatePaymentTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_payment_after_expiry_takes_stock_again_while_there_is_some(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 1);
        var late = await shop.OrderAsync();
        Assert.Equal(1, await shop.ExpireAsync());
        Assert.Equal((OrderState.Expired, 1L), (await shop.StateAsync(late), (await shop.StockAsync(pool)).Available));

        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(late))).State);
        Assert.Single(await shop.KeysAsync(late));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_payment_that_comes_too_late_is_to_be_given_back_and_the_buyer_told(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 1);
        var late = await shop.OrderAsync();
        await shop.ExpireAsync();
        await shop.PaidOrderAsync(Shop.Request(contact: "faster@example.com"));

        var outcome = await shop.ApplyAsync(Shop.Event(late));
        Assert.True(outcome.Accepted);
        var view = await shop.ViewAsync(late);
        Assert.Equal((OrderState.Expired, 0L, 1000L), (view.State, view.Captured.Minor, view.RefundDue.Minor));
        Assert.Empty(view.Lines[0].Deliveries);
        Assert.Equal("paid_too_late", Assert.Single(await shop.Desk.RefundsDueAsync(shop.Scope)).Reason);
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.RefundDue));
        await shop.AssertSoundAsync();

        // stock comes back before the refund: staff can deliver instead
        await shop.Commerce.ImportAsync(shop.Scope, pool, "NEW-KEY\n");
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.RedeliverAsync(shop.Scope, late.OrderId, "anna")).Value);
        Assert.Equal(["NEW-KEY"], await shop.KeysAsync(late));
        Assert.Empty(await shop.Desk.RefundsDueAsync(shop.Scope));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_a_provider_was_asked_to_give_back_is_not_delivered_too(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 1);
        var late = await shop.OrderAsync();
        await shop.ExpireAsync();
        await shop.PaidOrderAsync(Shop.Request(contact: "faster@example.com"));
        await shop.ApplyAsync(Shop.Event(late));
        async Task<bool> MayAsync() => (await shop.Desk.DetailAsync(shop.Scope, late.OrderId))!.MayRedeliver;
        Assert.True(await MayAsync());

        Assert.NotNull(await shop.Commerce.Get<IRefundAsks>().NextAsync(shop.Scope, late.OrderId, "test", Shop.Event(late).PaymentId));
        await shop.Commerce.ImportAsync(shop.Scope, pool, "NEW-KEY\n");
        Assert.False(await MayAsync());
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.RedeliverAsync(shop.Scope, late.OrderId, "anna")).Error!.Code);
        Assert.Equal(1, (await shop.StockAsync(pool)).Available);
        Assert.Equal(1, await shop.Commerce.CountAsync("deliveries"));
        Assert.DoesNotContain((await shop.Desk.DetailAsync(shop.Scope, late.OrderId))!.Events, e => e.Kind == "redelivered");

        await shop.ApplyAsync(Shop.Event(late, PaymentEventKind.Refunded));
        Assert.False(await MayAsync());
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.RedeliverAsync(shop.Scope, late.OrderId, "anna")).Error!.Code);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Expiry_and_payment_at_once_never_lose_the_payment_or_the_goods(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync(keys: 20);
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 20; i++)
            orders.Add(await shop.OrderAsync(Shop.Request(contact: $"b{i}@example.com")));
        second.Commerce.Clock.Advance(TimeSpan.FromMinutes(16));
        var sweeps = Enumerable.Range(0, 4).Select(_ => Task.Run(() => second.ExpireAsync(TimeSpan.Zero)));
        var payments = orders.Select(o => Task.Run(() => shop.ApplyAsync(Shop.Event(o))));
        await Task.WhenAll([.. sweeps, .. payments]);

        foreach (var order in orders)
            Assert.Single(await shop.KeysAsync(order));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Stock_that_vanished_under_an_order_becomes_a_refund_not_a_lost_payment(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 1);
        var order = await shop.OrderAsync();
        await shop.CorruptAsync("update card_key set state = 'Voided', order_id = null, order_line = null, reserved_until = null");
        Assert.Equal(OrderState.Expired, (await shop.ApplyAsync(Shop.Event(order))).State);
        Assert.Equal(1000, (await shop.ViewAsync(order)).RefundDue.Minor);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Orders_that_were_called_off_and_paid_then_get_no_more_than_one_buyer_may_have(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 20, change: o => o with { Limits = new PurchaseLimits { MaxPerBuyer = 2 } });
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await shop.OrderAsync());
            Assert.True((await shop.Ordering.CancelAsync(shop.Scope, orders[i].OrderId, OrderAccess.ByToken(orders[i].AccessToken))).Succeeded);
        }

        foreach (var order in orders)
            Assert.True((await shop.ApplyAsync(Shop.Event(order))).Accepted);
        Assert.Equal(2, await shop.Commerce.CountAsync("deliveries"));
        Assert.Equal(18, (await shop.StockAsync(pool)).Available);
        Assert.Equal(3, (await shop.Desk.RefundsDueAsync(shop.Scope)).Count(r => r.Reason == "paid_too_late"));
        Assert.Equal(3, await shop.MessagesAsync(OrderEvents.RefundDue));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Late_payments_from_one_address_get_no_more_than_an_address_may_have(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 20, change: o => o with { Limits = new PurchaseLimits { MaxPerAddress = 1 } });
        var late = await shop.OrderAsync();
        await shop.ExpireAsync();
        await shop.PaidOrderAsync(Shop.Request(contact: "other@example.com"));

        Assert.Equal(OrderState.Expired, (await shop.ApplyAsync(Shop.Event(late))).State);
        Assert.Empty(await shop.KeysAsync(late));
        Assert.Equal(1000, (await shop.ViewAsync(late)).RefundDue.Minor);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_within_its_limit_keeps_its_place_when_it_is_paid_once_more(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.ManualAsync("card", o => o with { Price = new Money(1000, "CNY"), Limits = new PurchaseLimits { MaxPerBuyer = 1 } });
        var order = await shop.PaidOrderAsync();
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded));
        Assert.Equal(OrderState.Fulfilling, (await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"))).State);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_late_payment_above_a_coupons_limit_per_buyer_uses_it_no_further(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 5);
        Assert.True((await shop.Coupons.SaveAsync(shop.Scope, new Coupon { Code = "ten", Kind = CouponKind.Percentage, Currency = "CNY", BasisPoints = 1000, MaxUsesPerBuyer = 1 })).Succeeded);
        var late = await shop.OrderAsync(Shop.Request() with { CouponCode = "ten" });
        await shop.ExpireAsync();
        await shop.PaidOrderAsync(Shop.Request() with { CouponCode = "ten" });

        Assert.Equal(OrderState.Expired, (await shop.ApplyAsync(Shop.Event(late))).State);
        Assert.Equal((1, 4L), ((await shop.Coupons.GetAsync(shop.Scope, "ten"))!.Used, (await shop.StockAsync(pool)).Available));
        await shop.AssertSoundAsync();
        Assert.Equal(OrderState.Expired, (await shop.Desk.RedeliverAsync(shop.Scope, late.OrderId, "ann")).Value);
        Assert.Equal(1, (await shop.Coupons.GetAsync(shop.Scope, "ten"))!.Used);
        await shop.AssertSoundAsync();
    }
}
