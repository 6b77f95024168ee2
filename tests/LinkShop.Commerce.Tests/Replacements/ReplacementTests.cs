using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Payments;

namespace LinkShop.Commerce.Tests.Replacements;

public sealed class ReplacementTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task The_bad_key_goes_out_and_another_comes_in_its_place(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 5);
        var order = await shop.PaidOrderAsync(Shop.Request(quantity: 3));
        var before = await shop.KeysAsync(order);
        var transfers = await shop.Commerce.CountAsync("ledger_transfer");

        var replaced = await shop.ReplaceAsync(order, unit: 2, text: "says it is used: key-CARD-000002");
        Assert.True(replaced.Succeeded, replaced.Error?.Message);
        Assert.Equal((2, "KEY•••002", "KEY•••004", "ann"), (replaced.Value.Unit, replaced.Value.Old, replaced.Value.New, replaced.Value.Actor));

        var view = await shop.ViewAsync(order);
        Assert.Equal([before[0], "KEY-card-000004", before[2]], view.Lines[0].Deliveries);
        Assert.Equal(("KEY•••002", "KEY•••004"), (view.Lines[0].Replaced.Single().Old, view.Lines[0].Replaced.Single().New));
        var file = (await shop.Ordering.DownloadAsync(shop.Scope, order.OrderId, OrderAccess.ByToken(order.AccessToken))).Value;
        Assert.Equal($"{before[0]}\r\nKEY-card-000004\r\n{before[2]}\r\n# KEY•••002 → KEY•••004\r\n", file);

        Assert.Equal((1L, 3L, 1L), ((await shop.StockAsync(pool)).Replaced, (await shop.StockAsync(pool)).Delivered, (await shop.StockAsync(pool)).Available));
        var entry = (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events.Single(e => e.Kind == "replaced");
        Assert.Equal(("ann", "KEY•••002 → KEY•••004 · says it is used: KEY•••002"), (entry.Actor, entry.Note));
        Assert.Equal(1, await shop.MessagesAsync(ReplacementEvents.Replaced));
        Assert.Equal(transfers, await shop.Commerce.CountAsync("ledger_transfer"));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Sent_twice_it_is_one_replacement_and_a_replaced_key_is_not_replaced_again(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 5);
        var order = await shop.PaidOrderAsync();
        var key = (await DeliveriesAsync(shop, order)).Units[0].KeyId;
        var first = await shop.ReplaceAsync(order, id: "once", key: key);
        // the same answer also when the order has moved on
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        Assert.Equal(first.Value, (await shop.ReplaceAsync(order, id: "once", key: key)).Value);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        Assert.Equal(CommerceErrors.AlreadyReplaced, (await shop.ReplaceAsync(order, key: key)).Error!.Code);
        Assert.Equal(1, await shop.Commerce.CountAsync("key_replacement"));

        // the one that came in its place can turn out bad too
        Assert.True((await shop.ReplaceAsync(order)).Succeeded);
        Assert.Equal(["KEY-card-000003"], await shop.KeysAsync(order));
        Assert.Equal(2, (await shop.ViewAsync(order)).Lines[0].Replaced.Count);

        var other = await shop.PaidOrderAsync(Shop.Request(contact: "other@example.com"));
        Assert.Equal(CommerceErrors.Conflict, (await shop.ReplaceAsync(other, id: "once")).Error!.Code);
        Assert.Equal(["KEY-card-000004"], await shop.KeysAsync(other));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Many_at_once_from_two_processes_are_one_replacement(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync(keys: 20);
        var order = await shop.PaidOrderAsync();
        var key = (await DeliveriesAsync(shop, order)).Units[0].KeyId;
        var gate = dialect == CommerceDialect.Postgres ? await OrderGate.CloseAsync(shop.Commerce.ConnectionString, order.OrderId) : null;
        // half of them with one id, as a form sent again and again; the others each with an own, as several people
        var all = Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).ReplaceAsync(order, id: i < 6 ? "once" : null, key: key))));
        if (gate is not null)
            await gate.OpenWhenWaitingAsync(8);
        var results = await all;
        Assert.Single(results.Where(r => r.Succeeded).Select(r => r.Value.Id).Distinct());
        // whoever has the winner's id has its answer too
        Assert.Equal(results.Any(r => r.Succeeded && r.Value.Id == "once") ? 6 : 1, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.AlreadyReplaced, r.Error!.Code));
        Assert.Equal((1L, 1L), (await shop.Commerce.CountAsync("key_replacement"), await shop.Commerce.CountAsync("card_key", "state = 'Replaced'")));
        Assert.Single(await shop.KeysAsync(order));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task One_id_for_two_orders_at_once_is_one_replacement(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync(keys: 40);
        for (var round = 0; round < 5; round++)
        {
            OrderReceipt[] orders = [await shop.PaidOrderAsync(), await shop.PaidOrderAsync()];
            var results = await Task.WhenAll(orders.Select((o, i) => Task.Run(() => (i == 0 ? shop : second).ReplaceAsync(o, id: $"round {round}"))));
            Assert.Equal(CommerceErrors.Conflict, results.Single(r => !r.Succeeded).Error!.Code);
            Assert.Equal(round + 1, await shop.Commerce.CountAsync("card_key", "state = 'Replaced'"));
        }

        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_empty_pool_leaves_nothing_behind(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 1);
        var order = await shop.PaidOrderAsync();
        var before = await shop.KeysAsync(order);
        Assert.Equal(CommerceErrors.PoolEmpty, (await shop.ReplaceAsync(order, id: "later")).Error!.Code);
        Assert.Equal(before, await shop.KeysAsync(order));
        Assert.Equal((0L, 0L, 0L), (await shop.Commerce.CountAsync("key_replacement"), await shop.MessagesAsync(ReplacementEvents.Replaced), await shop.Commerce.CountAsync("order_log", "kind = 'replaced'")));
        Assert.Equal(1, (await shop.StockAsync(pool)).Delivered);

        await shop.Commerce.ImportAsync(shop.Scope, pool, "KEY-new\n");
        Assert.True((await shop.ReplaceAsync(order, id: "later")).Succeeded);
        Assert.Equal(["KEY-new"], await shop.KeysAsync(order));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nothing_goes_out_for_an_order_that_is_disputed_given_back_or_not_paid(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 20);
        await shop.CardsAsync("second", keys: 5);
        var disputed = await shop.PaidOrderAsync();
        await shop.ApplyAsync(Shop.Event(disputed, PaymentEventKind.Disputed));
        var refunded = await shop.PaidOrderAsync(Shop.Request(contact: "b@example.com"));
        await shop.ApplyAsync(Shop.Event(refunded, PaymentEventKind.Refunded));
        // one of two lines is given back, but its key isn't taken back; the other can still be replaced
        var part = await shop.PaidOrderAsync(Shop.Request(contact: "c@example.com") with { Lines = [new() { SkuId = "card", Quantity = 1 }, new() { SkuId = "second", Quantity = 1 }] });
        Assert.True((await RefundAsync(shop, part, line: 1, 1000, revoke: false)).Succeeded);
        var revoked = await shop.PaidOrderAsync(Shop.Request(quantity: 2, contact: "d@example.com"));
        Assert.True((await RefundAsync(shop, revoked, line: 1, 500, revoke: true)).Succeeded);

        foreach (var order in (OrderReceipt[])[disputed, refunded, part, revoked])
            Assert.Equal(CommerceErrors.IllegalTransition, (await shop.ReplaceAsync(order)).Error!.Code);
        Assert.Equal(0, await shop.Commerce.CountAsync("key_replacement"));
        Assert.True((await shop.ReplaceAsync(part, line: 2)).Succeeded);

        var unpaid = await shop.OrderAsync(Shop.Request(contact: "e@example.com"));
        var held = await shop.Commerce.Database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<long>("select id from card_key where state = 'Reserved'"));
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.ReplaceAsync(unpaid, key: held)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.ReplaceAsync(part, line: 2, key: held)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.As(TestCommerce.Other).ReplaceAsync(part, line: 2, key: held)).Error!.Code);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_that_takes_the_keys_back_takes_the_new_one(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 5);
        var order = await shop.PaidOrderAsync();
        Assert.True((await shop.ReplaceAsync(order)).Succeeded);
        Assert.True((await RefundAsync(shop, order, line: 1, 1000, revoke: true)).Succeeded);
        Assert.Empty(await shop.KeysAsync(order));
        var stock = await shop.StockAsync(pool);
        Assert.Equal((0L, 1L, 1L, 3L), (stock.Delivered, stock.Replaced, stock.Revoked, stock.Available));
        Assert.Equal(KeyState.Revoked, (await DeliveriesAsync(shop, order)).Units.Single().State);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_not_a_single_key_cannot_be_replaced_one_by_one(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var reusable = await shop.Commerce.Pools.CreateAsync(shop.Scope, new KeyPoolSettings("shared", ReusableSecret: "ONE-FOR-ALL-4711"));
        await shop.OfferAsync(new Offer { SkuId = "shared", ProductId = "p-shared", Title = "Shared", Price = new Money(100, "CNY"), Delivery = DeliveryKind.ReusableKey, PoolId = reusable.Id });
        await shop.ManualAsync();
        var order = await shop.PaidOrderAsync(Shop.Request("shared"));
        Assert.Equal(CommerceErrors.NotByKey, (await shop.ReplaceAsync(order)).Error!.Code);
        var unit = (await DeliveriesAsync(shop, order)).Units.Single();
        Assert.Equal(("ONE•••711", null, false), (unit.Masked, unit.KeyId, unit.Replaceable));

        var manual = await shop.PaidOrderAsync(Shop.Request("manual", contact: "m@example.com"));
        await shop.Desk.DeliverByHandAsync(shop.Scope, manual.OrderId, 1, "Room 4711, ask for Lin", "ann");
        Assert.Equal(CommerceErrors.NotByKey, (await shop.ReplaceAsync(manual)).Error!.Code);
        Assert.Equal(0, await shop.Commerce.CountAsync("key_replacement"));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_database_itself_refuses_a_second_replacement_of_a_key(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 5);
        var order = await shop.PaidOrderAsync();
        Assert.True((await shop.ReplaceAsync(order, id: "once")).Succeeded);
        const string Copy = "insert into key_replacement (tenant, id, order_id, line, unit, old_key, new_key, reason, text, actor, at) select tenant, 'again', order_id, line, unit, {0}, reason, text, actor, at from key_replacement";
        foreach (var keys in (string[])["old_key, new_key + 1", "old_key + 3, new_key", "new_key + 1, new_key + 1"])
            await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync(Copy.Replace("{0}", keys)));
        await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync("delete from deliveries"));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData("", "x", "id")]
    [InlineData("x", "long", "text")]
    public async Task A_malformed_draft_names_its_field(string id, string text, string field)
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        Assert.Equal(field, (await shop.ReplaceAsync(order, id: id, text: text == "long" ? new string('a', 1001) : text)).Error!.Field);
    }

    [Theory]
    [InlineData("KEY-card-000001", "KEY•••001")]
    [InlineData("abcdef", "a•••f")]
    [InlineData("abcde", "•••")]
    [InlineData("", "•••")]
    [InlineData("卡密🎮🎮🎮🎮🎮🎮🎮🎮🎮终", "卡密🎮•••🎮🎮终")]
    [InlineData("a\nbcdefghijkl", "a b•••jkl")]
    public void A_mask_shows_the_ends_of_long_secrets_only(string secret, string masked) => Assert.Equal(masked, SecretMask.Of(secret));

    private static Task<OrderDeliveries> DeliveriesAsync(Shop shop, OrderReceipt order) => shop.Commerce.Get<IReplacements>().OfOrderAsync(shop.Scope, order.OrderId);

    private static Task<CommerceResult<RefundView>> RefundAsync(Shop shop, OrderReceipt order, int line, long minor, bool revoke) => shop.Commerce.Get<IRefunds>().GrantAsync(
        shop.Scope, new RefundDraft { Id = Guid.NewGuid().ToString("n"), OrderId = order.OrderId, Lines = [new RefundLine(line, minor)], Reason = RefundReason.KeyInvalid, RevokeKeys = revoke }, "ann", forPlatform: false);
}
