using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.KeyPools;

public sealed class KeyStockTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite, KeyPickOrder.Oldest)]
    [InlineData(CommerceDialect.Sqlite, KeyPickOrder.Random)]
    [InlineData(CommerceDialect.Postgres, KeyPickOrder.Oldest)]
    [InlineData(CommerceDialect.Postgres, KeyPickOrder.Newest)]
    [InlineData(CommerceDialect.Postgres, KeyPickOrder.Random)]
    public async Task Of_ten_keys_forty_buyers_in_two_processes_get_exactly_ten(CommerceDialect dialect, KeyPickOrder order)
    {
        await using var commerce = await StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var pool = await commerce.PoolWithAsync(Mall, 10, order);
        var got = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            ReserveAsync(i % 2 == 0 ? commerce : second, pool, $"O{i}", 1, order))));

        Assert.Equal(10, got.Count(g => g is not null));
        Assert.Equal(10, got.Where(g => g is not null).SelectMany(g => g!).Distinct().Count());
        Assert.Equal(new KeyPoolStats(0, 0, 10, 0, 0, 0, 0, 0), await commerce.Pools.GetStatsAsync(Mall, pool));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task All_or_nothing_is_held(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 5);
        Assert.Equal(3, (await ReserveAsync(commerce, pool, "O1", 3))!.Count);
        Assert.Null(await ReserveAsync(commerce, pool, "O2", 3));
        Assert.Equal(2, await commerce.Database.ReadAsync(Mall, c => commerce.Stock.CountAvailableAsync(c, pool)));
        Assert.Equal(3, await WriteAsync(commerce, c => commerce.Stock.ReleaseAsync(c, "O1")));
        Assert.Equal(0, await WriteAsync(commerce, c => commerce.Stock.ReleaseAsync(c, "O1")));
        Assert.Equal(5, (await ReserveAsync(commerce, pool, "O2", 5))!.Count);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_key_goes_from_order_to_buyer_once(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 3);
        await ReserveAsync(commerce, pool, "O1", 2);
        Assert.Empty(await commerce.Database.ReadAsync(Mall, c => commerce.Stock.ReadDeliveredAsync(c, "O1")));
        Assert.Equal(2, (await WriteAsync(commerce, c => commerce.Stock.DeliverAsync(c, "O1"))).Count);
        Assert.Empty(await WriteAsync(commerce, c => commerce.Stock.DeliverAsync(c, "O1")));
        Assert.Equal(0, await WriteAsync(commerce, c => commerce.Stock.ReleaseAsync(c, "O1")));
        var delivered = await commerce.Database.ReadAsync(Mall, c => commerce.Stock.ReadDeliveredAsync(c, "O1"));
        Assert.Equal(["KEY-pool-000001", "KEY-pool-000002"], delivered.Select(d => d.Secret));
        Assert.Empty(await commerce.Database.ReadAsync(Other, c => commerce.Stock.ReadDeliveredAsync(c, "O1")));

        var replacement = await WriteAsync(commerce, c => commerce.Stock.ReplaceAsync(c, "O1", delivered[0].Id, KeyPickOrder.Oldest));
        Assert.NotNull(replacement);
        await Assert.ThrowsAsync<IllegalTransitionException>(() => WriteAsync(commerce, c => commerce.Stock.ReplaceAsync(c, "O1", delivered[0].Id, KeyPickOrder.Oldest)));
        await Assert.ThrowsAsync<IllegalTransitionException>(() => WriteAsync(commerce, c => commerce.Stock.ReplaceAsync(c, "another", delivered[1].Id, KeyPickOrder.Oldest)));
        Assert.Null(await WriteAsync(commerce, c => commerce.Stock.ReplaceAsync(c, "O1", delivered[1].Id, KeyPickOrder.Oldest)));
        Assert.Equal(
            ["KEY-pool-000002", "KEY-pool-000003"],
            (await commerce.Database.ReadAsync(Mall, c => commerce.Stock.ReadDeliveredAsync(c, "O1"))).Select(d => d.Secret));
        Assert.Equal(1, await WriteAsync(commerce, c => commerce.Stock.RevokeAsync(c, "O1", [delivered[1].Id])));
        Assert.Equal(1, await WriteAsync(commerce, c => commerce.Stock.RevokeAsync(c, "O1")));
        Assert.Equal(new KeyPoolStats(0, 0, 0, 0, 0, 1, 2, 0), await commerce.Pools.GetStatsAsync(Mall, pool));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Keys_are_picked_in_the_pools_order_and_labelled_ones_last(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = (await commerce.Pools.CreateAsync(Mall, new("numbers"))).Id;
        await commerce.ImportAsync(Mall, pool, "key,label\nA,888\nB,\nC,\nD,\n", KeyFileFormat.Csv);
        await ReserveAsync(commerce, pool, "O1", 1, KeyPickOrder.Oldest);
        await ReserveAsync(commerce, pool, "O2", 1, KeyPickOrder.Newest);
        await ReserveAsync(commerce, pool, "O3", 2, KeyPickOrder.Random);
        foreach (var (order, keys) in (IEnumerable<(string, string[])>)[("O1", ["B"]), ("O2", ["D"]), ("O3", ["A", "C"])])
        {
            await WriteAsync(commerce, c => commerce.Stock.DeliverAsync(c, order));
            Assert.Equal(keys, (await commerce.Database.ReadAsync(Mall, c => commerce.Stock.ReadDeliveredAsync(c, order))).Select(k => k.Secret));
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_buyer_gets_the_key_they_picked_and_no_other(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = (await commerce.Pools.CreateAsync(Mall, new("numbers"))).Id;
        await commerce.ImportAsync(Mall, pool, "label,key,note\n\"13,888\",A,cheap\n100%,B,\n,C,", KeyFileFormat.Csv);
        var pickable = await commerce.Pools.ListPickableAsync(Mall, pool, null, 0, 10);
        Assert.Equal(["100%", "13,888"], pickable.Select(p => p.Label));
        Assert.Equal(["100%"], (await commerce.Pools.ListPickableAsync(Mall, pool, "%", 0, 10)).Select(p => p.Label));

        var picked = pickable[1].Id;
        Assert.Equal([picked], await ReserveAsync(commerce, pool, "O1", 1, default, [picked]));
        Assert.Null(await ReserveAsync(commerce, pool, "O2", 1, default, [picked]));
        Assert.Null(await ReserveAsync(commerce, pool, "O2", 2, default, [picked, pickable[0].Id]));
        await Assert.ThrowsAsync<CommerceException>(() => ReserveAsync(commerce, pool, "O2", 2, default, [pickable[0].Id, pickable[0].Id]));
        Assert.Equal(["100%"], (await commerce.Pools.ListPickableAsync(Mall, pool, null, 0, 10)).Select(p => p.Label));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_reusable_pool_has_one_secret_and_no_keys(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.Pools.CreateAsync(Mall, new("loop", ReusableSecret: "SAME-FOR-ALL"));
        Assert.True(pool.Reusable);
        Assert.Equal("SAME-FOR-ALL", await commerce.Database.ReadAsync(Mall, c => commerce.Stock.ReadReusableAsync(c, pool.Id)));
        Assert.Equal(1000, await commerce.Database.ReadAsync(Mall, c => commerce.Stock.CountAvailableAsync(c, pool.Id)));
        Assert.Equal("key_pool_reusable", (await Assert.ThrowsAsync<CommerceException>(() => commerce.ImportAsync(Mall, pool.Id, "A"))).Code);
        await commerce.Pools.UpdateAsync(Mall, pool.Id, new("loop", ReusableSecret: "NEW"));
        await commerce.Pools.UpdateAsync(Mall, pool.Id, new("renamed loop"));
        Assert.Equal("NEW", await commerce.Database.ReadAsync(Mall, c => commerce.Stock.ReadReusableAsync(c, pool.Id)));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Falling_below_the_threshold_is_announced_once_for_each_crossing(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        // one that nobody has filled yet hasn't run low
        await commerce.Pools.CreateAsync(Mall, new KeyPoolSettings("just made", LowStockThreshold: 3));
        await commerce.Get<LowStockMonitor>().SweepAsync(default);
        await CheckAsync(commerce, 0);
        var pool = await commerce.PoolWithAsync(Mall, 4, threshold: 3);
        await CheckAsync(commerce, 0);
        await ReserveAsync(commerce, pool, "O1", 1);
        await CheckAsync(commerce, 0);
        await ReserveAsync(commerce, pool, "O2", 1);
        await CheckAsync(commerce, 1);
        await ReserveAsync(commerce, pool, "O3", 1);
        await CheckAsync(commerce, 1);
        await commerce.ImportAsync(Mall, pool, "MORE-1\nMORE-2\nMORE-3\n");
        await CheckAsync(commerce, 1);
        await commerce.Pools.VoidAsync(Mall, pool, null, "admin");
        await CheckAsync(commerce, 2);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_withdrawn_from_a_pool_is_of_that_pool_and_of_nobodys_order(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var (pool, other) = (await commerce.PoolWithAsync(Mall, 3), await commerce.PoolWithAsync(Mall, 1, name: "other"));
        var held = (await ReserveAsync(commerce, pool, "O1", 1))!;
        await WriteAsync(commerce, c => commerce.Stock.DeliverAsync(c, "O1"));
        var reserved = (await ReserveAsync(commerce, pool, "O2", 1))!;
        var theirs = (await commerce.Pools.ListKeysAsync(Mall, other, null, 0, 10)).Single().Id;
        Assert.Equal(0, await commerce.Pools.VoidAsync(Mall, pool, [theirs, held[0], reserved[0]], "admin"));
        Assert.Equal(1, await commerce.Pools.VoidAsync(Mall, pool, null, "admin"));
        Assert.Equal((1, 1, 1), (await commerce.CountAsync("card_key", "state = 'Delivered'"), await commerce.CountAsync("card_key", "state = 'Reserved'"), await commerce.CountAsync("card_key", "state = 'Voided'")));
        Assert.Equal(1, (await commerce.Pools.GetStatsAsync(Mall, other)).Available);
    }

    [Fact]
    public void Only_the_tables_moves_are_legal()
    {
        var legal = from a in Enum.GetValues<KeyState>() from b in Enum.GetValues<KeyState>() where KeyTransitions.Allows(a, b) select $"{a}-{b}";
        Assert.Equal(
            ["Available-Reserved", "Available-Voided", "Delivered-Replaced", "Delivered-Revoked", "Reserved-Available", "Reserved-Delivered", "Reserved-Voided", "Revoked-Delivered"],
            legal.Order(StringComparer.Ordinal));
        Assert.Throws<IllegalTransitionException>(() => KeyTransitions.Require(KeyState.Voided, KeyState.Available));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_database_itself_refuses_a_state_without_its_order(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await commerce.PoolWithAsync(Mall, 1);
        foreach (var change in (string[])["state = 'Reserved'", "state = 'Delivered'", "order_id = 'O1'", "state = 'Lost'", "state = 'Voided', order_id = 'O1'"])
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => commerce.Database.WriteSystemAsync(c => c.ExecuteAsync($"update card_key set {change}")));
        }
    }

    private static async Task CheckAsync(TestCommerce commerce, int expected)
    {
        await commerce.Get<LowStockMonitor>().CheckTouchedAsync(default);
        Assert.Equal(expected, await commerce.CountAsync("outbox", "type = 'KeyPoolLow'"));
    }

    private static Task<T> WriteAsync<T>(TestCommerce commerce, Func<ICommerceConnection, Task<T>> work) => commerce.Database.WriteAsync(Mall, work);

    private static Task<IReadOnlyList<long>?> ReserveAsync(
        TestCommerce commerce, long pool, string order, int quantity, KeyPickOrder pick = KeyPickOrder.Oldest, IReadOnlyList<long>? ids = null)
        => WriteAsync(commerce, c => commerce.Stock.ReserveAsync(c, pool, order, 1, quantity, commerce.Clock.GetUtcNow().AddMinutes(15), pick, ids));
}
