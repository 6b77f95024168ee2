using LinkShop.Commerce.Data;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.KeyPools;

public sealed class KeyRecallTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_recalled_key_that_an_unpaid_order_held_is_not_sold_again_when_the_order_ends(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 2);
        var good = await shop.Commerce.ImportAsync(shop.Scope, pool, "GOOD-1\n");
        var bad = await shop.Commerce.Database.ReadAsync(shop.Scope, c => c.QuerySingleOrDefaultAsync<long>($"select min(id) from key_batch where tenant = @tenant and id <> {good.BatchId}"));
        // the two bad ones and the good one
        await shop.OrderAsync(Shop.Request(quantity: 3));
        var report = await shop.Commerce.Pools.RecallBatchAsync(shop.Scope, bad, "ann");
        Assert.Equal((0L, 2), (report!.Voided, report.Sold.Count));

        await shop.ExpireAsync();
        var stock = await shop.StockAsync(pool);
        Assert.Equal((1L, 0L, 2L), (stock.Available, stock.Reserved, stock.Voided));
        var order = await shop.PaidOrderAsync(Shop.Request(contact: "c@example.com"));
        Assert.Equal(["GOOD-1"], await shop.KeysAsync(order));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_recall_in_the_moment_in_which_orders_end_leaves_nothing_on_sale(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 40);
        var batch = await shop.Commerce.Database.ReadAsync(shop.Scope, c => c.QuerySingleOrDefaultAsync<long>("select min(id) from key_batch where tenant = @tenant"));
        var orders = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => shop.OrderAsync(Shop.Request(quantity: 2, contact: $"b{i}@example.com"))));
        await Task.WhenAll(
        [
            .. orders.Select(o => Task.Run(() => shop.Desk.CancelAsync(shop.Scope, o.OrderId, "ann", ""))),
            Task.Run(() => shop.Commerce.Pools.RecallBatchAsync(shop.Scope, batch, "ann")),
        ]);
        var stock = await shop.StockAsync(pool);
        Assert.Equal((0L, 0L, 40L), (stock.Available, stock.Reserved, stock.Voided));
    }
}
