using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.KeyPools;

public sealed class KeyRecallTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task An_unpaid_order_that_held_recalled_keys_holds_others_and_its_buyer_gets_those(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 2);
        var bad = await FirstBatchAsync(shop);
        await shop.Commerce.ImportAsync(shop.Scope, pool, "GOOD-1\nGOOD-2\nGOOD-3\n");
        // the two bad ones and a good one
        var order = await shop.OrderAsync(Shop.Request(quantity: 3));
        var report = await shop.Commerce.Pools.RecallBatchAsync(shop.Scope, bad, "ann");
        Assert.Equal((0L, 0, 2, 0), (report!.Voided, report.Sold.Count, report.Exchanged, report.CalledOff));
        var stock = await shop.StockAsync(pool);
        Assert.Equal((0L, 3L, 2L), (stock.Available, stock.Reserved, stock.Voided));
        Assert.Contains((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, e => e.Kind == "recalled_exchanged" && e.Actor == "ann");

        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(order))).State);
        Assert.Equal(["GOOD-1", "GOOD-2", "GOOD-3"], (await shop.KeysAsync(order)).Order());
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Where_there_are_no_others_the_unpaid_order_is_called_off_and_whoever_pays_all_the_same_gets_it_back(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 2);
        var bad = await FirstBatchAsync(shop);
        await shop.Commerce.ImportAsync(shop.Scope, pool, "GOOD-1\n");
        var order = await shop.OrderAsync(Shop.Request(quantity: 3));
        var report = await shop.Commerce.Pools.RecallBatchAsync(shop.Scope, bad, "ann");
        Assert.Equal((0, 0, 1), (report!.Sold.Count, report.Exchanged, report.CalledOff));
        Assert.Equal(OrderState.Cancelled, await shop.StateAsync(order));
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.Cancelled));
        var stock = await shop.StockAsync(pool);
        Assert.Equal((1L, 0L, 2L), (stock.Available, stock.Reserved, stock.Voided));

        await shop.ApplyAsync(Shop.Event(order));
        var view = await shop.ViewAsync(order);
        Assert.Equal((OrderState.Cancelled, 3000, 0), (view.State, view.RefundDue.Minor, view.Lines.Sum(l => l.Deliveries.Count)));
        Assert.Equal(["GOOD-1"], await shop.KeysAsync(await shop.PaidOrderAsync(Shop.Request(contact: "c@example.com"))));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Whoever_picked_a_number_that_is_recalled_isnt_sold_another(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 0, change: o => o with { PickSurchargeMinor = 100 });
        var bad = await shop.Commerce.ImportAsync(shop.Scope, pool, "key,label\nAAA,8888\n", KeyFileFormat.Csv);
        await shop.Commerce.ImportAsync(shop.Scope, pool, "GOOD-1\n");
        var picked = (await shop.Commerce.Pools.ListPickableAsync(shop.Scope, pool, "8888", 0, 10))[0];
        var order = await shop.OrderAsync(Shop.Request() with { Lines = [new OrderLineRequest { SkuId = "card", PickedKeyId = picked.Id }] });
        Assert.Equal(1, (await shop.Commerce.Pools.RecallBatchAsync(shop.Scope, bad.BatchId, "ann"))!.CalledOff);
        Assert.Equal(OrderState.Cancelled, await shop.StateAsync(order));
        Assert.Equal(1, (await shop.StockAsync(pool)).Available);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_payment_in_the_moment_of_a_recall_brings_a_good_key_or_one_that_the_report_names(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 20);
        var bad = await FirstBatchAsync(shop);
        var orders = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => shop.OrderAsync(Shop.Request(contact: $"b{i}@example.com"))));
        await shop.Commerce.ImportAsync(shop.Scope, pool, string.Concat(Enumerable.Range(0, 10).Select(i => $"GOOD-{i}\n")));
        var recall = Task.Run(() => shop.Commerce.Pools.RecallBatchAsync(shop.Scope, bad, "ann"));
        await Task.WhenAll(orders.Select(o => Task.Run(() => shop.ApplyAsync(Shop.Event(o)))));
        var report = (await recall)!;
        foreach (var order in orders)
        {
            var view = await shop.ViewAsync(order);
            var key = view.Lines[0].Deliveries.SingleOrDefault();
            var named = report.Sold.Any(k => k.OrderId == order.OrderId);
            Assert.True(key is null ? view is { State: OrderState.Cancelled, RefundDue.Minor: 1000 } && !named : named != key.StartsWith("GOOD", StringComparison.Ordinal), $"{view.State} {key} {named}");
        }

        Assert.Equal((0L, 20), ((await shop.StockAsync(pool)).Reserved, report.Sold.Count + report.Exchanged + report.CalledOff));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_recall_in_the_moment_in_which_orders_end_leaves_nothing_on_sale(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 40);
        var batch = await FirstBatchAsync(shop);
        var orders = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => shop.OrderAsync(Shop.Request(quantity: 2, contact: $"b{i}@example.com"))));
        await Task.WhenAll(
        [
            .. orders.Select(o => Task.Run(() => shop.Desk.CancelAsync(shop.Scope, o.OrderId, "ann", ""))),
            Task.Run(() => shop.Commerce.Pools.RecallBatchAsync(shop.Scope, batch, "ann")),
        ]);
        var stock = await shop.StockAsync(pool);
        Assert.Equal((0L, 0L, 40L), (stock.Available, stock.Reserved, stock.Voided));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_recall_whose_process_died_is_gone_on_with_until_nothing_bad_is_on_sale(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 3);
        var (bad, recalls) = (await FirstBatchAsync(shop), shop.Commerce.Get<KeyWithdrawal>());
        var order = await shop.OrderAsync();
        // as a process leaves it that dies right after the first step
        var now = shop.Commerce.Clock.GetUtcNow();
        await shop.Commerce.Database.WriteAsync(shop.Scope, c => c.ExecuteAsync("update key_batch set state = 'Recalled', recall_by = 'ann', recall_alive_at = @now where tenant = @tenant", new { now }));
        Assert.Equal(0, await recalls.ResumeAsync(default));
        Assert.Equal(2, (await shop.StockAsync(pool)).Available);
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await recalls.ResumeAsync(default));
        Assert.Equal((0L, 0L, 3L), await shop.StockAsync(pool) is var left ? (left.Available, left.Reserved, left.Voided) : default);
        Assert.Equal(OrderState.Cancelled, await shop.StateAsync(order));
        Assert.Equal(CommerceErrors.SoldOut, (await shop.TryOrderAsync(Shop.Request(contact: "two@example.com"))).Error?.Code);
        Assert.Equal(1, await shop.Commerce.CountAsync("key_audit", "actor = 'ann' and action = 'Recall'"));
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await recalls.ResumeAsync(default));

        // and one that ended leaves nothing to go on with
        var good = (await shop.Commerce.ImportAsync(shop.Scope, pool, "GOOD-1\n")).BatchId;
        await shop.Commerce.Pools.RecallBatchAsync(shop.Scope, good, "ben");
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await recalls.ResumeAsync(default));
        await shop.AssertSoundAsync();
    }

    private static Task<long> FirstBatchAsync(Shop shop) =>
        shop.Commerce.Database.ReadAsync(shop.Scope, c => c.QuerySingleOrDefaultAsync<long>("select min(id) from key_batch where tenant = @tenant"));
}
