using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Placement.Moving;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Verify;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Placement;

/// <summary>The parts of a move, on the tables.</summary>
public sealed class TenantMoveTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_moves_there_and_back_among_others_whose_numbers_are_the_same(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, two: true);
        var stranger = shop.As(Other);
        shop.Commerce.Placement.Places[Other.Tenant] = new CommercePlace(Second, false);
        var pool = await shop.CardsAsync(keys: 20);
        var strangers = await stranger.CardsAsync(keys: 15);
        var orders = new[] { await shop.PaidOrderAsync(), await shop.PaidOrderAsync(Shop.Request(quantity: 3)) };
        var foreign = await stranger.PaidOrderAsync();
        var open = await shop.OrderAsync();
        Assert.True((await shop.ReplaceAsync(orders[0])).Succeeded);
        var keys = new[] { await shop.KeysAsync(orders[0]), await shop.KeysAsync(orders[1]) };
        var messages = await PlacementTests.CountAsync(shop, "", "outbox", Mall);
        Assert.NotEqual(0, messages);

        foreach (var (from, to) in new[] { ("", Second), (Second, ""), ("", Second) })
        {
            await MoveAsync(shop, from, to);
            Assert.Equal(0, await shop.Commerce.Store(from).CountAsync(Mall.Tenant));
            Assert.Equal(messages, await PlacementTests.CountAsync(shop, to, "outbox", Mall));
            Assert.Equal(keys[0], await shop.KeysAsync(orders[0]));
            Assert.Equal(keys[1], await shop.KeysAsync(orders[1]));
            Assert.Single(await stranger.KeysAsync(foreign));
            await shop.AssertSoundAsync();
        }

        // numbers go on above what came, and an import isn't on sale before it is complete
        Assert.Equal(PaymentApplied, (await shop.ApplyAsync(Shop.Event(open))).Kind.ToString());
        await shop.Commerce.ImportAsync(Mall, pool, "NEW-1\nNEW-2\n");
        await stranger.Commerce.ImportAsync(Other, strangers, "NEW-3\n");
        await shop.PaidOrderAsync(Shop.Request(quantity: 14));
        Assert.Equal(2, (await shop.StockAsync(pool)).Available);
        await stranger.PaidOrderAsync(Shop.Request(quantity: 15));
        await shop.AssertSoundAsync();
    }

    private const string PaymentApplied = "Applied";

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task No_write_slips_through_once_the_guard_stands_whatever_a_process_knows(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => o.MaxUnpaidPerContact = o.MaxUnpaidPerAddress = int.MaxValue, two: true);
        var bystander = shop.As(Other);
        await shop.ManualAsync();
        await bystander.ManualAsync();
        using var stop = new CancellationTokenSource();
        var refused = 0;
        var begun = 0;
        var writers = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    Interlocked.Increment(ref begun);
                    await (i % 2 == 0 ? shop : bystander).OrderAsync(Shop.Request("manual", contact: $"{Guid.NewGuid():n}@example.com"));
                }
                catch (TenantMovingException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })).ToArray();
        while (Volatile.Read(ref begun) < 60)
            await GoesOnAsync();
        await shop.Commerce.Store("").GuardAsync(Mall.Tenant);
        var (rows, others) = (await shop.Commerce.Store("").CountAsync(Mall.Tenant), await PlacementTests.CountAsync(shop, "", "orders", Other));
        while (Volatile.Read(ref refused) < 100 || await PlacementTests.CountAsync(shop, "", "orders", Other) < others + 20)
            await GoesOnAsync();
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(rows, await shop.Commerce.Store("").CountAsync(Mall.Tenant));
        await shop.Commerce.Store("").ReleaseAsync(Mall.Tenant);
        await shop.OrderAsync(Shop.Request("manual"));
        await shop.AssertSoundAsync();

        // a writer that ended has failed, and nobody would do what is waited for
        async Task GoesOnAsync()
        {
            if (Array.Find(writers, w => w.IsCompleted) is { } ended)
                await ended;
            await Task.Delay(1);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_sweeps_pass_over_a_moving_shop_and_serve_the_others(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, two: true);
        var bystander = shop.As(Other);
        await shop.ManualAsync();
        await bystander.ManualAsync();
        await shop.OrderAsync(Shop.Request("manual"));
        await bystander.OrderAsync(Shop.Request("manual"));
        await shop.Commerce.Store("").GuardAsync(Mall.Tenant);
        await shop.Commerce.Store(Second).CopyFromAsync(shop.Commerce.Store(""), Mall.Tenant);
        Assert.Equal(1, await shop.ExpireAsync());
        Assert.Equal(0, await shop.ExpireAsync());
        await shop.Commerce.Store("").ReleaseAsync(Mall.Tenant);
        await shop.Commerce.Store(Second).EraseAsync(Mall.Tenant);
        await shop.Commerce.Store(Second).ReleaseAsync(Mall.Tenant);
        Assert.Equal(1, await shop.ExpireAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task At_no_moment_a_copy_counts_for_the_shop_while_it_is_made_ready_to_be_erased(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, two: true);
        await shop.ManualAsync();
        await shop.PaidOrderAsync(Shop.Request("manual"));
        var (from, to) = (shop.Commerce.Store(""), shop.Commerce.Store(Second));
        await from.GuardAsync(Mall.Tenant);
        await to.CopyFromAsync(from, Mall.Tenant);
        using var stop = new CancellationTokenSource();
        var (copy, unmarked, looks) = (shop.Commerce.DatabaseNamed(Second), 0L, 0);
        var looking = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; looks++)
                unmarked += await copy.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<long>($"select count(*) from outbox where tenant = 'Mall' and {CommerceSql.Settled}"));
        });
        for (var i = 0; i < 30 || looks < 30; i++)
            await to.ReceiveAsync(Mall.Tenant);
        await stop.CancelAsync();
        await looking;
        Assert.Equal(0, unmarked);
        await to.EraseAsync(Mall.Tenant);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "update orders set coupon = 'x' where tenant = 'Mall'", "orders.coupon")]
    [InlineData(CommerceDialect.Sqlite, "", "")]
    [InlineData(CommerceDialect.Postgres, "", "")]
    [InlineData(CommerceDialect.Sqlite, "delete from card_key where id = (select min(id) from card_key where tenant = 'Mall')", "card_key: 9 rows instead of 10")]
    [InlineData(CommerceDialect.Postgres, "delete from card_key where id = (select min(id) from card_key where tenant = 'Mall')", "card_key: 9 rows instead of 10")]
    [InlineData(CommerceDialect.Sqlite, "update payments set paid = paid + 1 where tenant = 'Mall'", "payments.paid")]
    [InlineData(CommerceDialect.Postgres, "update payments set paid = paid + 1 where tenant = 'Mall'", "payments.paid")]
    [InlineData(CommerceDialect.Postgres, "update ledger_account set balance = balance + 1 where tenant = 'Mall' and not floored", "ledger_account.balance")]
    public async Task A_copy_that_differs_is_told_by_table_and_column(CommerceDialect dialect, string harm, string says)
    {
        await using var shop = await Shop.OpenAsync(dialect, two: true);
        await shop.CardsAsync();
        await shop.PaidOrderAsync();
        var (from, to) = (shop.Commerce.Store(""), shop.Commerce.Store(Second));
        await from.GuardAsync(Mall.Tenant);
        await to.CopyFromAsync(from, Mall.Tenant);
        if (harm.Length > 0)
            await shop.Commerce.DatabaseNamed(Second).WriteSystemAsync(c => c.ExecuteAsync(harm));
        var differences = await to.CompareAsync(from, Mall.Tenant);
        if (says.Length == 0)
            Assert.Empty(differences);
        else
            Assert.Contains(says, differences);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Books_in_use_and_books_that_leave_are_never_deleted(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, two: true);
        await shop.CardsAsync();
        await shop.PaidOrderAsync();
        var store = shop.Commerce.Store("");
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.EraseAsync(Mall.Tenant));
        await store.GuardAsync(Mall.Tenant);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.EraseAsync(Mall.Tenant));
        foreach (var table in new[] { "ledger_transfer", "ledger_account" })
            await Assert.ThrowsAnyAsync<Exception>(() => shop.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync($"delete from {table}")));
        await shop.AssertSoundAsync();
    }

    internal static async Task MoveAsync(Shop shop, string from, string to)
    {
        var (source, target) = (shop.Commerce.Store(from), shop.Commerce.Store(to));
        await source.GuardAsync(Mall.Tenant);
        // twice: the second replaces what the first left
        await target.CopyFromAsync(source, Mall.Tenant);
        await target.CopyFromAsync(source, Mall.Tenant);
        Assert.Empty(await target.CompareAsync(source, Mall.Tenant));
        var report = await ((CommerceVerifier)shop.Commerce.Get<ICommerceVerifier>()).RunAsync(shop.Commerce.DatabaseNamed(to), Mall.Tenant);
        Assert.True(report.Ok, report.ToJson());
        shop.Commerce.Placement.Places[Mall.Tenant] = new CommercePlace(to, false);
        await source.MarkAsync(Mall.Tenant, MoveRole.Gone);
        await source.EraseAsync(Mall.Tenant);
        await target.ReleaseAsync(Mall.Tenant);
        await source.ReleaseAsync(Mall.Tenant);
    }
}
