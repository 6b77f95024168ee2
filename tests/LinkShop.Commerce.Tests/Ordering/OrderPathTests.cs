using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Tests.Ordering;

public sealed class OrderPathTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_guest_orders_pays_and_gets_the_key_that_was_reserved(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 3);
        var order = await shop.OrderAsync(Shop.Request(quantity: 2));

        Assert.Equal(OrderState.AwaitingPayment, order.State);
        Assert.Equal(new Money(2000, "CNY"), order.Total);
        Assert.Empty(await shop.KeysAsync(order));
        Assert.Equal(2, (await shop.StockAsync(pool)).Reserved);
        Assert.Equal(1, (await shop.Catalog.GetAvailableAsync(shop.Scope, ["card", "unknown"]))["card"]);

        var outcome = await shop.ApplyAsync(Shop.Event(order));
        Assert.Equal(new PaymentOutcome(PaymentOutcomeKind.Applied, OrderState.Fulfilled, null), outcome);
        Assert.Equal(["KEY-card-000001", "KEY-card-000002"], await shop.KeysAsync(order));
        Assert.Equal(2, (await shop.StockAsync(pool)).Delivered);
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.Fulfilled));
        Assert.Equal(1, await shop.Commerce.CountAsync("outbox", "payload like '%\"paid\":true%'"));
        Assert.Equal(0, await shop.Commerce.CountAsync("outbox", "payload like '%KEY-%'"));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_ten_keys_forty_buyers_in_two_processes_reserve_exactly_ten_and_thirty_are_told_before_paying(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync(keys: 10);
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Shop.Request(contact: $"b{i}@example.com")))));

        Assert.Equal(10, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal((CommerceErrors.SoldOut, "lines[0].quantity"), (r.Error!.Code, r.Error.Field)));
        await Task.WhenAll(results.Where(r => r.Succeeded).Select(r => Task.Run(() => shop.ApplyAsync(Shop.Event(r.Value)))));
        var keys = new List<string>();
        foreach (var result in results.Where(r => r.Succeeded))
            keys.AddRange(await shop.KeysAsync(result.Value));
        Assert.Equal(10, keys.Distinct().Count());
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Text_reusable_and_free_goods_are_delivered_at_once(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var reusable = await shop.Commerce.Pools.CreateAsync(shop.Scope, new KeyPoolSettings("loop", ReusableSecret: "LOOP-KEY"));
        await shop.OfferAsync(new Offer { SkuId = "loop", ProductId = "p-loop", Title = "Loop", Price = new Money(100, "CNY"), Delivery = DeliveryKind.ReusableKey, PoolId = reusable.Id });
        await shop.OfferAsync(new Offer { SkuId = "text", ProductId = "p-text", Title = "Text", Price = new Money(0, "CNY"), Delivery = DeliveryKind.Text, DeliveryText = "https://example.com/file" });
        await shop.CardsAsync("gift", 2, o => o with { Price = new Money(0, "CNY") });

        for (var i = 0; i < 2; i++)
            Assert.Equal(["LOOP-KEY"], await shop.KeysAsync(await shop.PaidOrderAsync(Shop.Request("loop", contact: $"{i}@example.com"))));
        var text = await shop.OrderAsync(Shop.Request("text"));
        Assert.Equal(OrderState.Fulfilled, text.State);
        Assert.Equal(["https://example.com/file"], await shop.KeysAsync(text));
        var gift = await shop.OrderAsync(Shop.Request("gift"));
        Assert.Equal((OrderState.Fulfilled, 1), (gift.State, (await shop.KeysAsync(gift)).Length));
        Assert.Equal("https://example.com/file", await shop.Catalog.GetDeliveryTextAsync(shop.Scope, "text"));
        Assert.Null((await shop.Catalog.GetAsync(shop.Scope, "text"))!.DeliveryText);
        Assert.Equal(0, await shop.Commerce.CountAsync("offer_versions", "document like '%https://%'"));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Goods_delivered_by_hand_open_a_task_that_staff_close(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.ManualAsync(change: o => o with { Fields = [new BuyerField { Name = "account", Required = true, Secret = true, Kind = BuyerFieldKind.Digits, MinLength = 4 }] });
        var request = Shop.Request("manual") with { Lines = [new OrderLineRequest { SkuId = "manual", Fields = new Dictionary<string, string> { ["account"] = " 12345 " } }] };
        var order = await shop.PaidOrderAsync(request);

        Assert.Equal(OrderState.Fulfilling, await shop.StateAsync(order));
        var task = Assert.Single(await shop.Desk.OpenTasksAsync(shop.Scope));
        Assert.Equal((order.OrderId, 1, 1), (task.OrderId, task.Line, task.Quantity));
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "done, have fun", "anna")).Value);
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "again", "anna")).Error!.Code);
        Assert.Equal(["done, have fun"], await shop.KeysAsync(order));
        Assert.NotEqual("12345", (await shop.ViewAsync(order)).Lines[0].Fields["account"]);
        Assert.Empty(await shop.Desk.OpenTasksAsync(shop.Scope));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_repeated_request_with_its_idempotency_key_makes_one_order(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync();
        var request = Shop.Request() with { IdempotencyKey = "once" };
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => shop.OrderAsync(request))));

        Assert.Single(receipts.Distinct());
        Assert.Equal(1, (await shop.StockAsync(pool)).Reserved);
        // the repeated answer opens the order, but a stolen database doesn't
        Assert.Equal(OrderState.AwaitingPayment, await shop.StateAsync(receipts[7]));
        Assert.Equal(0, await shop.Commerce.CountAsync("idempotency", $"body like '%{receipts[0].AccessToken}%'"));
        Assert.Equal(CommerceErrors.IdempotencyMismatch, (await shop.TryOrderAsync(request with { LookupPassword = "other" })).Error!.Code);
        // a refused request leaves its key free
        var soldOut = Shop.Request(quantity: 100) with { IdempotencyKey = "twice" };
        Assert.False((await shop.TryOrderAsync(soldOut)).Succeeded);
        await shop.OrderAsync(Shop.Request() with { IdempotencyKey = "twice" });
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_keeps_the_price_and_the_snapshot_it_was_made_with(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(change: o => o with { SnapshotJson = """{"note":"old"}""", Tiers = [new(3, 900), new(5, 800)] });
        var three = await shop.OrderAsync(Shop.Request(quantity: 3));
        Assert.Equal(2700, three.Total.Minor);
        await shop.OfferAsync(new Offer { SkuId = "card", ProductId = "p-card", Title = "New name", Price = new Money(9999, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = pool });

        Assert.Equal(CommerceErrors.PriceChanged, (await shop.TryOrderAsync(Shop.Request() with { ExpectedTotalMinor = 1000 })).Error!.Code);
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(three))).Kind);
        var view = await shop.ViewAsync(three);
        Assert.Equal(("Game card", """{"note":"old"}""", 900L), (view.Lines[0].Title, view.Lines[0].SnapshotJson, view.Lines[0].UnitPrice.Minor));
        Assert.Equal(2, (await shop.Catalog.GetAsync(shop.Scope, "card"))!.Version);
        await shop.Catalog.UpsertProductAsync(shop.Scope, "p-card", []);
        Assert.Equal(CommerceErrors.NotOnSale, (await shop.TryOrderAsync(Shop.Request())).Error!.Code);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_chosen_key_costs_its_surcharge_and_goes_to_one_buyer(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 0, change: o => o with { PickSurchargeMinor = 888 });
        await shop.Commerce.ImportAsync(shop.Scope, pool, "key,label\nAAA,8888\nBBB,1234\n", KeyFileFormat.Csv);
        var picked = (await shop.Commerce.Pools.ListPickableAsync(shop.Scope, pool, "8888", 0, 10))[0];
        var request = Shop.Request() with { Lines = [new OrderLineRequest { SkuId = "card", PickedKeyId = picked.Id }] };
        var order = await shop.PaidOrderAsync(request);

        Assert.Equal((1888, "8888"), (order.Total.Minor, (await shop.ViewAsync(order)).Lines[0].Number));
        Assert.Equal(["AAA"], await shop.KeysAsync(order));
        Assert.Equal((CommerceErrors.PickTaken, "lines[0].pickedKeyId"), await RefusalAsync(shop, request));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Only_a_key_of_the_bought_goods_that_is_on_sale_can_be_chosen_and_only_where_choosing_is_offered(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var (cheap, staged) = (await PoolAsync("card", 1000, 100), await PoolAsync("staged", 1000, 100));
        var (dear, plain) = (await PoolAsync("dear", 99_900, 100), await PoolAsync("plain", 1000, null));
        // as while an upload is under way
        await shop.CorruptAsync($"update key_pool set visible_id = 0 where id = {staged.Pool}");

        Assert.Equal((CommerceErrors.PickTaken, "lines[0].pickedKeyId"), await RefusalAsync(shop, Picking("card", dear.Key)));
        Assert.Equal((CommerceErrors.PickTaken, "lines[0].pickedKeyId"), await RefusalAsync(shop, Picking("staged", staged.Key)));
        Assert.Equal((CommerceErrors.Invalid, "lines[0].pickedKeyId"), await RefusalAsync(shop, Picking("plain", plain.Key)));
        Assert.Equal((0, 0), (await shop.Commerce.CountAsync("orders"), await shop.Commerce.CountAsync("card_key", "state <> 'Available' or order_id is not null")));
        Assert.Equal(1100, (await shop.OrderAsync(Picking("card", cheap.Key))).Total.Minor);
        await shop.AssertSoundAsync();

        static OrderRequest Picking(string sku, long key) => Shop.Request() with { Lines = [new OrderLineRequest { SkuId = sku, PickedKeyId = key }] };

        async Task<(long Pool, long Key)> PoolAsync(string sku, long price, long? surcharge)
        {
            var pool = await shop.CardsAsync(sku, keys: 0, o => o with { Price = new Money(price, "CNY"), PickSurchargeMinor = surcharge });
            await shop.Commerce.ImportAsync(shop.Scope, pool, $"key,label\n{sku}-1,8888\n", KeyFileFormat.Csv);
            return (pool, (await shop.Commerce.Pools.ListPickableAsync(shop.Scope, pool, null, 0, 10))[0].Id);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nothing_is_delivered_by_hand_while_the_payment_is_disputed_nor_once_it_goes_back(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.ManualAsync();
        var order = await shop.PaidOrderAsync(Shop.Request("manual"));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        Assert.Equal(CommerceErrors.IllegalTransition, (await DeliverAsync()).Error?.Code);
        Assert.Equal((0, 1), (await shop.Commerce.CountAsync("deliveries"), await shop.Commerce.CountAsync("order_tasks")));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        Assert.Equal(OrderState.Fulfilling, await shop.StateAsync(order));

        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded));
        Assert.Empty(await shop.Desk.OpenTasksAsync(shop.Scope));
        Assert.Equal(CommerceErrors.IllegalTransition, (await DeliverAsync()).Error?.Code);
        Assert.Equal((OrderState.Refunded, 0), (await shop.StateAsync(order), await shop.Commerce.CountAsync("deliveries")));
        await shop.AssertSoundAsync();

        Task<CommerceResult<OrderState>> DeliverAsync() => shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "done", "anna");
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Two_tenants_never_see_each_others_orders(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var other = shop.As(TestCommerce.Other);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync(Shop.Request() with { UserId = "u1" });

        Assert.Equal(CommerceErrors.NotFound, (await other.Ordering.GetAsync(other.Scope, order.OrderId, OrderAccess.ByToken(order.AccessToken))).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await other.Ordering.GetAsync(other.Scope, order.OrderId, OrderAccess.ByUser("u1"))).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await other.Ordering.LookupAsync(other.Scope, "buyer@example.com", "secret-1", null)).Error!.Code);
        Assert.Equal(CommerceErrors.UnknownOrder, (await other.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded))).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await other.Ordering.CancelAsync(other.Scope, order.OrderId, OrderAccess.ByToken(order.AccessToken))).Error!.Code);
        Assert.Null(await other.Desk.DetailAsync(other.Scope, order.OrderId));
        Assert.Empty((await other.Desk.SearchAsync(other.Scope, new OrderSearch { Number = order.Number })).Orders);
        Assert.Empty(await other.Ordering.ListForUserAsync(other.Scope, "u1"));
        Assert.Null(await other.Catalog.GetAsync(other.Scope, "card"));
        Assert.Equal(OrderState.Fulfilled, await shop.StateAsync(order));
        await shop.AssertSoundAsync();
    }

    private static async Task<(string Code, string? Field)> RefusalAsync(Shop shop, OrderRequest request)
    {
        var result = await shop.TryOrderAsync(request);
        Assert.False(result.Succeeded);
        return (result.Error!.Code, result.Error.Field);
    }
}
