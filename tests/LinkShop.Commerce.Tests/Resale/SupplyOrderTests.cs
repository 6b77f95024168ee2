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

public sealed class SupplyOrderTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_buyer_of_a_shop_gets_the_suppliers_keys_and_each_side_sees_only_its_own(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.OrderAsync(world.A, quantity: 2, contact: "secret-buyer@example.com");
        Assert.Equal(2, (await world.Supplier.StockAsync(world.Pool)).Reserved);
        Assert.Equal(OrderState.AwaitingPayment, (await world.SupplyAsync(world.A, order)).Order.State);
        Assert.Equal(8, Assert.Single(await world.Listings.ListAsync(ShopB)).Available);

        Assert.Equal(OrderState.Fulfilled, (await world.A.ApplyAsync(Shop.Event(order))).State);
        Assert.Equal(["KEY-card-000001", "KEY-card-000002"], await world.A.KeysAsync(order));
        var file = await world.A.Ordering.DownloadAsync(ShopA, order.OrderId, OrderAccess.ByToken(order.AccessToken));
        Assert.Equal("KEY-card-000001\r\nKEY-card-000002\r\n", file.Value);
        var supply = await world.SupplyAsync(world.A, order);
        Assert.Equal((OrderState.Fulfilled, 1200L, null, null), (supply.Order.State, supply.Order.Total.Minor, supply.Contact, supply.UserId));
        Assert.Equal("resale", Assert.Single(supply.Payments).Provider);

        // the supplier's rows say nothing of the shop's order or buyer; the shop's say nothing of the keys
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("orders", "tenant = 'Mall' and (contact is not null or contact_hash is not null or address_hash is not null or user_id is not null or password_hash is not null)"));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("payments", $"tenant = 'Mall' and payment_id like '%{order.OrderId}%'"));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("ledger_transfer", $"tenant = 'Mall' and (reference like '%{order.OrderId}%' or id like '%{order.OrderId}%')"));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("deliveries", "tenant = 'ShopA' and (key_id is not null or text is not null)"));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("card_key", "tenant = 'ShopA'"));
        Assert.Empty((await world.B.Desk.SearchAsync(ShopB, new OrderSearch())).Orders);
        Assert.Equal(CommerceErrors.NotFound, (await world.B.Ordering.GetAsync(ShopB, order.OrderId, OrderAccess.ByToken(order.AccessToken))).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await world.A.Ordering.GetAsync(ShopA, supply.Order.OrderId, OrderAccess.ByToken(order.AccessToken))).Error!.Code);
        var sold = await world.Offers.OutletsAsync(world.Supplier.Scope);
        Assert.Equal([("ShopA", 2L, 1200L), ("ShopB", 0L, 0L)], sold.Select(o => (o.Shop, o.Units, o.Earned.Minor)));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_the_operator_has_stopped_sells_nothing_through_others_either_and_what_was_under_way_is_finished(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var late = await world.OrderAsync(world.B);
        await world.B.ExpireAsync();
        var underWay = await world.OrderAsync(world.A);
        var request = await world.RequestAsync(world.A);
        var orders = await world.A.Commerce.CountAsync("orders");
        world.Supplier.Commerce.Placement.Places[world.Supplier.Scope.Tenant] = new CommercePlace(null, IsMoving: false, IsStopped: true);

        Assert.Equal(CommerceErrors.NotOnSale, (await world.A.TryOrderAsync(request)).Error!.Code);
        Assert.Equal(orders, await world.A.Commerce.CountAsync("orders"));
        Assert.Equal((ResaleProblem.Stopped, 0), Assert.Single(await world.Listings.ListAsync(ShopB)) is var listing ? (listing.Problem, listing.Available) : default);
        Assert.Empty(await world.Listings.SearchAsync(ShopB, null));
        Assert.Equal(OrderState.Fulfilled, (await world.A.ApplyAsync(Shop.Event(underWay))).State);
        // paid too late to be under way: the money goes back
        Assert.Equal(OrderState.Expired, (await world.B.ApplyAsync(Shop.Event(late))).State);

        world.Supplier.Commerce.Placement.Places.Remove(world.Supplier.Scope.Tenant, out _);
        Assert.True((await world.A.TryOrderAsync(request)).Succeeded);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_ten_keys_forty_buyers_in_two_shops_get_exactly_ten_and_the_others_hear_before_paying(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var second = world.Supplier.InSecondProcess();
        await using var closing = second.Commerce;
        var (a, b) = (await world.RequestAsync(world.A), await world.RequestAsync(world.B));
        Shop Of(int i) => (i % 4 < 2 ? world.Supplier : second).As(i % 2 == 0 ? ShopA : ShopB);
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Of(i).TryOrderAsync((i % 2 == 0 ? a : b) with { Contact = $"b{i}@example.com" }))));

        Assert.Equal(10, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal((CommerceErrors.SoldOut, "lines[0].quantity"), (r.Error!.Code, r.Error.Field)));
        var orders = results.Select((r, i) => (Result: r, Shop: Of(i))).Where(o => o.Result.Succeeded).ToList();
        await Task.WhenAll(orders.Select(o => Task.Run(() => o.Shop.ApplyAsync(Shop.Event(o.Result.Value)))));
        var keys = new List<string>();
        foreach (var (result, shop) in orders)
            keys.AddRange(await shop.KeysAsync(result.Value));
        Assert.Equal(10, keys.Distinct().Count());
        Assert.Equal(10, (await world.Supplier.StockAsync(world.Pool)).Delivered);
        Assert.Equal(10, await world.Supplier.Commerce.CountAsync("orders", "supply_shop is not null"));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_same_callback_a_hundred_times_pays_and_delivers_once(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.OrderAsync(world.A);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => world.A.ApplyAsync(Shop.Event(order)))));
        Assert.Single(outcomes, o => o.Kind == PaymentOutcomeKind.Applied);
        Assert.Equal(1, (await world.Supplier.StockAsync(world.Pool)).Delivered);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("payments", "tenant = 'Mall'"));
        Assert.Equal(600, (await world.SupplyAsync(world.A, order)).Order.Captured.Minor);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_order_that_expires_or_is_called_off_frees_the_suppliers_stock_at_once(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 2);
        var called = await world.OrderAsync(world.A);
        var late = await world.OrderAsync(world.B);
        Assert.Equal(0, Assert.Single(await world.Listings.ListAsync(ShopA)).Available);
        Assert.True((await world.A.Ordering.CancelAsync(ShopA, called.OrderId, OrderAccess.ByToken(called.AccessToken))).Succeeded);
        Assert.Equal(OrderState.Cancelled, (await world.SupplyAsync(world.A, called)).Order.State);
        Assert.Equal(1, (await world.Supplier.StockAsync(world.Pool)).Available);
        Assert.Equal(1, await world.B.ExpireAsync());
        Assert.Equal(OrderState.Expired, (await world.SupplyAsync(world.B, late)).Order.State);
        Assert.Equal(2, (await world.Supplier.StockAsync(world.Pool)).Available);
        Assert.Equal(0, await world.B.ExpireAsync());
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_shop_without_fees_may_sell_at_what_it_pays(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.OfferAsync(d => d with { CostMinor = 800 });
        await FeeAsync(world.A, 0);
        await PublishAsync(world.A, Assert.Single(await world.Listings.ListAsync(ShopA)), 800);
        Assert.Null(Assert.Single(await world.Listings.ListAsync(ShopA)).Problem);
        await world.PaidAsync(world.A);
        Assert.Equal(800, await world.BalanceAsync(world.A, LinkShop.Commerce.Ledger.LedgerPurpose.SupplyPayable, "Mall"));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_order_with_own_and_resold_goods_of_one_shop_is_one_payment(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.A.CardsAsync("own", 3);
        var resold = (await world.RequestAsync(world.A)).Lines[0];
        var request = Shop.Request("own", 2) with { Lines = [new OrderLineRequest { SkuId = "own", Quantity = 2 }, resold] };
        var order = await world.A.OrderAsync(request);
        Assert.Equal(3000, order.Total.Minor);
        await world.A.ApplyAsync(Shop.Event(order));
        Assert.Equal(["KEY-own-000001", "KEY-own-000002", "KEY-card-000001"], await world.A.KeysAsync(order));
        // the supplier has none: nothing is reserved of the own goods either
        await world.Supplier.Commerce.Pools.VoidAsync(world.Supplier.Scope, world.Pool, null, "uma");
        var refused = await world.A.TryOrderAsync(request with { Lines = [new OrderLineRequest { SkuId = "own" }, resold], Contact = "c@example.com" });
        Assert.Equal((CommerceErrors.SoldOut, "lines[1].quantity"), (refused.Error!.Code, refused.Error.Field));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("card_key", "state = 'Reserved'"));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_coupon_that_goes_below_cost_is_refused_and_nothing_is_reserved(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.A.Coupons.SaveAsync(ShopA, new Coupon { Code = "HALF", Kind = CouponKind.Percentage, BasisPoints = 5000, Currency = "CNY" });
        await world.A.Coupons.SaveAsync(ShopA, new Coupon { Code = "TENTH", Kind = CouponKind.Percentage, BasisPoints = 1000, Currency = "CNY" });
        var refused = await world.A.TryOrderAsync(await world.RequestAsync(world.A) with { CouponCode = "HALF" });
        Assert.Equal((CommerceErrors.BelowCost, "couponCode"), (refused.Error!.Code, refused.Error.Field));
        Assert.Equal(CommerceErrors.BelowCost, (await world.A.Ordering.QuoteAsync(ShopA, await world.RequestAsync(world.A) with { CouponCode = "HALF" })).Error!.Code);
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("orders"));
        Assert.Equal(10, (await world.Supplier.StockAsync(world.Pool)).Available);
        await world.A.PaidOrderAsync(await world.RequestAsync(world.A) with { CouponCode = "TENTH" });
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_coupon_that_goes_below_the_suppliers_lowest_price_is_refused_and_nothing_is_reserved(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        foreach (var (code, off) in new[] { ("TWENTY", 2000), ("MORE", 2100) })
            await world.A.Coupons.SaveAsync(ShopA, new Coupon { Code = code, Kind = CouponKind.Percentage, BasisPoints = off, Currency = "CNY" });
        // 7.90 covers what the goods cost, and the supplier wants no less than 8.00
        var refused = await world.A.TryOrderAsync(await world.RequestAsync(world.A, 2) with { CouponCode = "MORE" });
        Assert.Equal((CommerceErrors.BelowCost, "couponCode"), (refused.Error!.Code, refused.Error.Field));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("orders"));
        await world.A.PaidOrderAsync(await world.RequestAsync(world.A, 2) with { CouponCode = "TWENTY" });
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_suppliers_limits_hold_for_the_shop_and_name_its_line(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, sku: o => o with { Limits = new() { MaxPerOrder = 3, MaxPerBuyer = 4 } });
        var many = await world.A.TryOrderAsync(await world.RequestAsync(world.A, 4));
        Assert.Equal((CommerceErrors.QuantityOutOfRange, "lines[0].quantity"), (many.Error!.Code, many.Error.Field));
        await world.OrderAsync(world.A, 3, "one@example.com");
        Assert.Equal(CommerceErrors.BuyerLimit, (await world.A.TryOrderAsync(await world.RequestAsync(world.A, 2, "two@example.com"))).Error!.Code);
        await world.OrderAsync(world.B, 2);
        await world.A.ExpireAsync();
        await world.OrderAsync(world.A, 2, "two@example.com");
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_suppliers_order_does_nothing_by_itself(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.OrderAsync(world.A);
        var supply = (await world.SupplyAsync(world.A, order)).Order;
        var scope = world.Supplier.Scope;
        Assert.Equal(CommerceErrors.SupplyOrder, (await world.Supplier.Desk.CancelAsync(scope, supply.OrderId, "uma", "")).Error!.Code);
        Assert.Equal(CommerceErrors.SupplyOrder, (await world.Supplier.Desk.ConfirmByHandAsync(scope, supply.OrderId, "uma", "")).Error!.Code);
        var receipt = new OrderReceipt(supply.OrderId, supply.Number, "", supply.Total, supply.State, supply.ReservedUntil);
        Assert.Equal(CommerceErrors.SupplyOrder, (await world.Supplier.ApplyAsync(Shop.Event(receipt))).Error!.Code);
        foreach (var kind in Enum.GetValues<PaymentEventKind>())
            Assert.Equal("provider", (await world.Supplier.ApplyAsync(Shop.Event(receipt, kind) with { Provider = "resale" })).Error!.Field);
        Assert.Equal(OrderState.AwaitingPayment, (await world.SupplyAsync(world.A, order)).Order.State);
        await world.A.ApplyAsync(Shop.Event(order));
        Assert.Equal(CommerceErrors.SupplyOrder, (await Splits.MoneyShop.GrantAsync(world.Supplier, receipt, 100)).Error!.Code);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_key_that_the_supplier_replaces_is_new_in_the_shops_order_and_a_recall_is_told(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        var supply = (await world.SupplyAsync(world.A, order)).Order;
        var receipt = new OrderReceipt(supply.OrderId, supply.Number, "", supply.Total, supply.State, supply.ReservedUntil);
        Assert.True((await world.Supplier.ReplaceAsync(receipt)).Succeeded);

        var line = Assert.Single((await world.A.ViewAsync(order)).Lines);
        Assert.Equal(["KEY-card-000002"], line.Deliveries);
        Assert.Single(line.Replaced);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("outbox", $"tenant = 'ShopA' and type = 'KeyReplaced' and payload like '%{order.OrderId}%'"));
        var staff = await world.Supplier.Commerce.Get<IReplacements>().OfOrderAsync(ShopA, order.OrderId);
        var unit = Assert.Single(staff.Units);
        Assert.Equal((1, false, null, null), (unit.Line, unit.Replaceable, unit.KeyId, unit.Actor));
        Assert.DoesNotContain("000002", unit.Masked[..^3], StringComparison.Ordinal);
        Assert.Equal("Card mall", Assert.Single(staff.Replacements).Actor);
        Assert.Equal(CommerceErrors.NotByKey, (await world.A.ReplaceAsync(order, key: 1)).Error!.Code);

        var batch = Assert.Single(await world.Supplier.Commerce.Pools.ListBatchesAsync(world.Supplier.Scope, world.Pool));
        await world.Supplier.Commerce.Pools.RecallBatchAsync(world.Supplier.Scope, batch.Id, "uma");
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("outbox", $"tenant = 'ShopA' and type = '{ResaleEvents.Recalled}' and payload like '%{order.OrderId}%'"));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("outbox", $"tenant = 'ShopB' and type = '{ResaleEvents.Recalled}'"));
        Assert.Equal(CommerceErrors.SoldOut, (await world.A.TryOrderAsync(await world.RequestAsync(world.A))).Error!.Code);
        await world.SoundAsync();
    }
}
