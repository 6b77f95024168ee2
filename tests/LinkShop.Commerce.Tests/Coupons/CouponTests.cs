using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Coupons;

public sealed class CouponTests
{
    private static readonly Coupon TenPercent = new() { Code = "ten", Kind = CouponKind.Percentage, Currency = "CNY", BasisPoints = 1000 };

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_coupon_for_five_is_used_five_times_by_forty_at_once(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        var pool = await shop.CardsAsync(keys: 100);
        await SaveAsync(shop, TenPercent with { MaxUses = 5 });
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Request($"b{i}@example.com")))));

        Assert.Equal(5, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal((CommerceErrors.CouponUsedUp, "couponCode"), (r.Error!.Code, r.Error.Field)));
        // who was refused holds nothing
        Assert.Equal(5, (await shop.StockAsync(pool)).Reserved);
        Assert.Equal(5, (await shop.Coupons.GetAsync(shop.Scope, "Ten"))!.Used);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Several_coupons_are_saved_all_or_none(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var refused = await shop.Coupons.SaveAllAsync(shop.Scope, [TenPercent, TenPercent with { Code = "x", BasisPoints = 0 }]);
        Assert.Equal(["[1].code", "[1].basisPoints"], refused.Errors.Select(e => e.Field));
        Assert.Empty(await shop.Coupons.ListAsync(shop.Scope));
        Assert.Equal("code", (await shop.Coupons.SaveAsync(shop.Scope, TenPercent with { Code = "x" })).Error!.Field);

        Assert.Equal(["TEN", "ELEVEN"], (await shop.Coupons.SaveAllAsync(shop.Scope, [TenPercent, TenPercent with { Code = "eleven" }])).Value.Select(c => c.Code));
        Assert.Equal(2, (await shop.Coupons.ListAsync(shop.Scope)).Count);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task One_buyer_at_once_in_two_processes_uses_a_coupon_as_often_as_one_buyer_may(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync(keys: 100);
        await SaveAsync(shop, TenPercent with { MaxUsesPerBuyer = 2 });
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Request("Same@Example.com")))));
        Assert.Equal(2, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.CouponBuyerLimit, r.Error!.Code));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_use_comes_back_once_on_cancel_and_expiry_and_never_with_delivered_goods(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await SaveAsync(shop, TenPercent with { MaxUses = 1 });
        var cancelled = await shop.OrderAsync(Request());
        for (var i = 0; i < 2; i++)
            Assert.Equal(OrderState.Cancelled, (await shop.Ordering.CancelAsync(shop.Scope, cancelled.OrderId, OrderAccess.ByToken(cancelled.AccessToken))).Value);
        Assert.Equal(0, await UsedAsync(shop));

        var expired = await shop.OrderAsync(Request());
        Assert.Equal(1, await shop.ExpireAsync());
        Assert.Equal(0, await shop.ExpireAsync());
        Assert.Equal(0, await UsedAsync(shop));

        // paid late: the goods and the coupon go together
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(expired))).State);
        Assert.Equal(1, await UsedAsync(shop));
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Ordering.CancelAsync(shop.Scope, expired.OrderId, OrderAccess.ByToken(expired.AccessToken))).Error!.Code);
        // and when the coupon is used up meanwhile, the money goes back
        Assert.Equal(OrderState.Cancelled, (await shop.ApplyAsync(Shop.Event(cancelled))).State);
        Assert.Equal(900, (await shop.ViewAsync(cancelled)).RefundDue.Minor);
        await shop.ApplyAsync(Shop.Event(expired, PaymentEventKind.Refunded));
        Assert.Equal(1, await UsedAsync(shop));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_that_kept_its_use_through_a_dispute_does_not_take_another_when_it_is_delivered(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await SaveAsync(shop, TenPercent with { MaxUses = 1, MaxUsesPerBuyer = 1 });
        var order = await shop.OrderAsync(Request());
        // the news of the dispute came before that of the payment: nothing is delivered, and the stock is free
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        Assert.Equal(OrderState.Disputed, (await shop.ApplyAsync(Shop.Event(order))).State);
        Assert.Equal((1, 0), (await UsedAsync(shop), await shop.Commerce.CountAsync("deliveries")));
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon))).State);
        Assert.Equal((1, 0L), (await UsedAsync(shop), (await shop.ViewAsync(order)).RefundDue.Minor));
        Assert.Single(await shop.KeysAsync(order));
        await shop.AssertSoundAsync();
    }

    [Fact]
    public async Task Discounts_are_rounded_down_capped_and_shared_by_what_they_apply_to()
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        await shop.CardsAsync("one", change: o => o with { Price = new Money(333, "CNY"), CategoryId = "games" });
        await shop.CardsAsync("two", change: o => o with { Price = new Money(1000, "CNY") });
        async Task<OrderQuote> QuoteAsync(Coupon coupon)
        {
            await SaveAsync(shop, coupon);
            var request = Shop.Request() with { Lines = [new() { SkuId = "one" }, new() { SkuId = "two" }], CouponCode = coupon.Code };
            var quote = await shop.Ordering.QuoteAsync(shop.Scope, request);
            return quote.Succeeded ? quote.Value : throw new InvalidOperationException(quote.Error!.Code);
        }

        Assert.Equal([33, 100], (await QuoteAsync(TenPercent)).Lines.Select(l => l.Discount.Minor));
        Assert.Equal(50, (await QuoteAsync(TenPercent with { CapMinor = 50 })).Discount.Minor);
        Assert.Equal([33, 0], (await QuoteAsync(TenPercent with { CategoryIds = ["games"] })).Lines.Select(l => l.Discount.Minor));
        Assert.Equal([0, 100], (await QuoteAsync(TenPercent with { SkuIds = ["two"] })).Lines.Select(l => l.Discount.Minor));
        var all = new Coupon { Code = "FIX", Kind = CouponKind.Fixed, Currency = "CNY", AmountMinor = 5000 };
        Assert.Equal(0, (await QuoteAsync(all)).Total.Minor);
        Assert.Equal(CommerceErrors.CouponMinimum, (await Assert.ThrowsAsync<InvalidOperationException>(() => QuoteAsync(all with { MinimumMinor = 1334 }))).Message);
        Assert.Equal(CommerceErrors.CouponNotApplicable, (await Assert.ThrowsAsync<InvalidOperationException>(() => QuoteAsync(all with { Currency = "USD" }))).Message);
        Assert.Equal(CommerceErrors.CouponInvalid, (await Assert.ThrowsAsync<InvalidOperationException>(() => QuoteAsync(all with { Enabled = false }))).Message);
        Assert.Equal(CommerceErrors.CouponInvalid, (await Assert.ThrowsAsync<InvalidOperationException>(() => QuoteAsync(all with { ValidUntil = shop.Commerce.Clock.GetUtcNow() }))).Message);
        Assert.Equal("basisPoints", (await shop.Coupons.SaveAsync(shop.Scope, TenPercent with { BasisPoints = 10_001 })).Error!.Field);
    }

    private static OrderRequest Request(string contact = "buyer@example.com") => Shop.Request(contact: contact) with { CouponCode = " TEN " };

    private static async Task SaveAsync(Shop shop, Coupon coupon)
    {
        var saved = await shop.Coupons.SaveAsync(shop.Scope, coupon);
        Assert.True(saved.Succeeded, saved.Error?.Message);
    }

    private static async Task<int> UsedAsync(Shop shop) => (await shop.Coupons.GetAsync(shop.Scope, "TEN"))!.Used;
}
