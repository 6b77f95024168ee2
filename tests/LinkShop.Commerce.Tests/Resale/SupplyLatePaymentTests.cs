using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

/// <summary>A buyer of resold goods who pays after the time: served if the supplier still can, else all of it is given back.</summary>
public sealed class SupplyLatePaymentTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_takes_stock_again_or_is_given_back_but_never_lost(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 1);
        var first = await world.OrderAsync(world.A);
        await world.A.ExpireAsync();
        Assert.Equal(OrderState.Fulfilled, (await world.A.ApplyAsync(Shop.Event(first))).State);
        Assert.Equal(["KEY-card-000001"], await world.A.KeysAsync(first));

        await world.Supplier.Commerce.ImportAsync(world.Supplier.Scope, world.Pool, "KEY-second");
        var second = await world.OrderAsync(world.A, contact: "c@example.com");
        await world.A.ExpireAsync();
        await world.PaidAsync(world.B);
        Assert.Equal(OrderState.Expired, (await world.A.ApplyAsync(Shop.Event(second))).State);
        Assert.Equal(1000, (await world.A.ViewAsync(second)).RefundDue.Minor);
        Assert.Equal(OrderState.Expired, (await world.SupplyAsync(world.A, second)).Order.State);
        await world.SoundAsync();

        // staff find stock after all
        await world.Supplier.Commerce.ImportAsync(world.Supplier.Scope, world.Pool, "KEY-third");
        Assert.Equal(OrderState.Fulfilled, (await world.A.Desk.RedeliverAsync(ShopA, second.OrderId, "sam")).Value);
        Assert.Equal(["KEY-third"], await world.A.KeysAsync(second));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_isnt_served_under_terms_that_ended(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var stopped = await world.OrderAsync(world.A);
        var dearer = await world.OrderAsync(world.B);
        await world.A.ExpireAsync();
        await world.OfferAsync(d => d with { CostMinor = 601 });
        Assert.Equal(OrderState.Expired, (await world.B.ApplyAsync(Shop.Event(dearer))).State);
        await world.Offers.StopAsync(world.Supplier.Scope, (await world.TheOfferAsync()).Id, "", "uma");
        Assert.Equal(OrderState.Expired, (await world.A.ApplyAsync(Shop.Event(stopped))).State);
        Assert.Equal(10, (await world.Supplier.StockAsync(world.Pool)).Available);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_isnt_served_when_the_offer_was_stopped_or_all_of_the_order_costs_more(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var dearer = await world.OrderAsync(world.A, 2);
        await world.A.ExpireAsync();
        await world.OfferAsync(d => d with { CostMinor = 601 });
        Assert.Equal(OrderState.Expired, (await world.A.ApplyAsync(Shop.Event(dearer))).State);
        Assert.Equal(2000, (await world.A.ViewAsync(dearer)).RefundDue.Minor);

        await world.OfferAsync();
        var stopped = await world.OrderAsync(world.B);
        await world.B.ExpireAsync();
        await world.Offers.StopAsync(world.Supplier.Scope, (await world.TheOfferAsync()).Id, "", "uma");
        Assert.Equal(OrderState.Expired, (await world.B.ApplyAsync(Shop.Event(stopped))).State);
        Assert.Equal(10, (await world.Supplier.StockAsync(world.Pool)).Available);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_that_one_of_two_supplies_cant_serve_leaves_nothing_of_the_other_taken(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, sku: o => o with { Limits = new() { MaxPerBuyer = 1 } });
        await world.Supplier.CardsAsync("other", 1);
        var offer = await world.OfferAsync(d => d with { SkuId = "other" });
        var listed = await world.Listings.AddAsync(ShopA, new ListingDraft(world.Supplier.Scope.Tenant, offer.Id, 1000), "sam");
        Assert.True(listed.Succeeded, listed.Error?.Message);
        await PublishAsync(world.A, listed.Value, 1000);
        var lines = (await world.Listings.ListAsync(ShopA)).Select(l => new OrderLineRequest { SkuId = l.SkuId }).ToList();
        Assert.Equal(2, lines.Count);
        var late = await world.A.OrderAsync(Shop.Request() with { Lines = lines });
        await world.A.ExpireAsync();
        await world.Supplier.PaidOrderAsync(Shop.Request("other"));
        Assert.Equal(OrderState.Expired, (await world.A.ApplyAsync(Shop.Event(late))).State);
        Assert.Equal(2000, (await world.A.ViewAsync(late)).RefundDue.Minor);
        Assert.Equal(10, (await world.Supplier.StockAsync(world.Pool)).Available);
        // nor does it count as what the shop has had
        var card = lines.Where(l => l.SkuId != listed.Value.SkuId).ToList();
        await world.A.PaidOrderAsync(Shop.Request(contact: "c@example.com") with { Lines = card });
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_that_the_supplier_cant_serve_leaves_the_shops_coupon_unused(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 1);
        await world.A.Coupons.SaveAsync(ShopA, new Coupon { Code = "TENTH", Kind = CouponKind.Percentage, BasisPoints = 1000, Currency = "CNY" });
        var late = await world.A.OrderAsync(await world.RequestAsync(world.A) with { CouponCode = "TENTH" });
        await world.A.ExpireAsync();
        await world.PaidAsync(world.B);
        Assert.Equal(OrderState.Expired, (await world.A.ApplyAsync(Shop.Event(late))).State);
        Assert.Equal(0, (await world.A.Coupons.GetAsync(ShopA, "TENTH"))!.Used);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_late_payment_got_counts_for_the_shops_limit_at_the_supplier(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, sku: o => o with { Limits = new() { MaxPerBuyer = 4 } });
        var late = await world.OrderAsync(world.A, 3, "one@example.com");
        await world.A.ExpireAsync();
        Assert.Equal(OrderState.Fulfilled, (await world.A.ApplyAsync(Shop.Event(late))).State);
        Assert.Equal(CommerceErrors.BuyerLimit, (await world.A.TryOrderAsync(await world.RequestAsync(world.A, 2, "two@example.com"))).Error?.Code);
        await world.OrderAsync(world.A, 1, "two@example.com");
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_gets_no_more_of_the_supplier_than_one_shop_may_have(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, sku: o => o with { Limits = new() { MaxPerBuyer = 4 } });
        var late = await world.OrderAsync(world.A, 3, "one@example.com");
        await world.A.ExpireAsync();
        await world.A.PaidOrderAsync(await world.RequestAsync(world.A, 2, "two@example.com"));
        Assert.Equal(OrderState.Expired, (await world.A.ApplyAsync(Shop.Event(late))).State);
        Assert.Empty(await world.A.KeysAsync(late));
        Assert.Equal(8, (await world.Supplier.StockAsync(world.Pool)).Available);
        await world.SoundAsync();
    }
}
