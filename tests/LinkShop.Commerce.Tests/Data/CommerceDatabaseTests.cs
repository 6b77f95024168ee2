using System.Data.Common;
using LinkShop.Commerce.Data;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Data;

public sealed class CommerceDatabaseTests
{
    private const string Insert = "insert into key_pool (tenant, name, pick_order, created_at) values (@tenant, @name, 'Oldest', 0)";

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_failing_work_fails_alone(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var committed = 0;
        var works = Enumerable.Range(0, 200).Select(i => commerce.Database.WriteAsync(Mall, async c =>
        {
            c.OnCommitted(() => Interlocked.Increment(ref committed));
            await c.ExecuteAsync(Insert, new { name = $"pool {i}" });
            if (i % 3 == 0)
            {
                throw new TimeoutException();
            }

            if (i % 3 == 1)
            {
                await c.ExecuteAsync(Insert, new { name = $"pool {i}" });
            }
        })).ToArray();
        await Task.WhenAll(works).ContinueWith(_ => { }, TaskScheduler.Default);

        for (var i = 0; i < works.Length; i++)
        {
            switch (i % 3)
            {
                case 0: Assert.IsType<TimeoutException>(works[i].Exception!.InnerException); break;
                case 1: Assert.IsType<DbException>(works[i].Exception!.InnerException, exactMatch: false); break;
                default: Assert.True(works[i].IsCompletedSuccessfully); break;
            }
        }

        Assert.Equal(66, await commerce.CountAsync("key_pool"));
        Assert.Equal(66, committed);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_text_with_a_zero_character_is_refused_alike_on_both_and_nothing_is_stored(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => commerce.Database.WriteAsync(Mall, async c =>
        {
            await c.ExecuteAsync(Insert, new { name = "before" });
            await c.ExecuteAsync(Insert, new { name = "a\0b" });
        }));
        Assert.Equal("22021", refused.SqlState);
        Assert.Equal("22021", (await Assert.ThrowsAnyAsync<DbException>(
            () => commerce.Database.ReadAsync(Mall, c => c.QueryAsync<long>("select id from key_pool where tenant = @tenant and name = @name", new { name = "a\0" })))).SqlState);
        Assert.Equal(0, await commerce.CountAsync("key_pool"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_snapshot_does_not_see_what_is_committed_between_its_statements(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect, two: true);
        var (before, after) = await commerce.Database.ReadSnapshotAsync(Mall, async c =>
        {
            var first = await CountAsync(c);
            await commerce.Database.WriteAsync(Mall, w => w.ExecuteAsync(Insert, new { name = "meanwhile" }));
            return (first, await CountAsync(c));
        });
        Assert.Equal((0L, 0L), (before, after));
        Assert.Equal(1, await commerce.Database.ReadAsync(Mall, CountAsync));

        static Task<long> CountAsync(ICommerceConnection c) => c.QuerySingleOrDefaultAsync<long>("select count(*) from key_pool where tenant = @tenant");
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Works_that_share_a_commit_with_a_failing_one_are_done_once_and_run_again_only_if_it_had_changed_something(bool changes, int runs)
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        using var queued = new ManualResetEventSlim();
        var (ran, told) = (0, 0);
        var first = commerce.Database.WriteAsync(Mall, c =>
        {
            // the writer waits here until the others have queued up behind this work
            queued.Wait(TimeSpan.FromSeconds(30));
            return Good(c, "first");
        });
        var bad = commerce.Database.WriteAsync(Mall, async c =>
        {
            if (changes)
                await c.ExecuteAsync(Insert, new { name = "bad" });
            throw new TimeoutException();
        });
        var last = commerce.Database.WriteAsync(Mall, c => Good(c, "last"));
        queued.Set();
        await Task.WhenAll(first, last);
        await Assert.ThrowsAsync<TimeoutException>(() => bad);

        var names = await commerce.Database.ReadAsync(Mall, c => c.QueryAsync<string>("select name from key_pool where tenant = @tenant order by name"));
        Assert.Equal(["first", "last"], names);
        Assert.Equal((runs + 1, 2), (ran, told));

        Task<int> Good(ICommerceConnection c, string name)
        {
            ran++;
            c.OnCommitted(() => told++);
            return c.ExecuteAsync(Insert, new { name });
        }
    }

    [Fact]
    public async Task A_work_that_has_begun_is_done_even_if_it_is_cancelled_before_it_has_to_run_again()
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        using var cancel = new CancellationTokenSource();
        using var queued = new ManualResetEventSlim();
        var begun = commerce.Database.WriteAsync(
            Mall,
            c =>
            {
                queued.Wait(TimeSpan.FromSeconds(30));
                cancel.Cancel();
                return c.ExecuteAsync(Insert, new { name = "begun" });
            },
            cancel.Token);
        var bad = commerce.Database.WriteAsync(Mall, async c =>
        {
            await c.ExecuteAsync(Insert, new { name = "bad" });
            throw new TimeoutException();
        });
        queued.Set();
        Assert.Equal(1, await begun);
        await Assert.ThrowsAsync<TimeoutException>(() => bad);
        Assert.Equal(1, await commerce.CountAsync("key_pool"));
    }

    [Fact]
    public async Task A_key_seen_in_a_commit_group_that_runs_again_is_not_remembered()
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        using var queued = new ManualResetEventSlim();
        var makes = commerce.Database.WriteAsync(Mall, async c =>
        {
            queued.Wait(TimeSpan.FromSeconds(30));
            await commerce.Protector.ForAsync(c);
        });
        // sees the first one's key before it is undone and made anew
        var sees = commerce.Database.WriteAsync(Mall, async c => await commerce.Protector.ForAsync(c));
        var bad = commerce.Database.WriteAsync(Mall, async c =>
        {
            await c.ExecuteAsync(Insert, new { name = "bad" });
            throw new TimeoutException();
        });
        queued.Set();
        await Task.WhenAll(makes, sees);
        await Assert.ThrowsAsync<TimeoutException>(() => bad);

        var secret = (await commerce.Protector.ForAsync(Mall)).Encrypt("卡密-1");
        await using var restarted = commerce.SecondProcess();
        Assert.Equal("卡密-1", (await restarted.Protector.ForAsync(Mall)).Decrypt(secret));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_work_that_hides_a_failed_statement_is_undone(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await Assert.ThrowsAsync<InvalidOperationException>(() => commerce.Database.WriteAsync(Mall, async c =>
        {
            await c.ExecuteAsync(Insert, new { name = "first" });
            await Assert.ThrowsAnyAsync<DbException>(() => c.ExecuteAsync(Insert, new { name = "first" }));
        }));
        Assert.Equal(0, await commerce.CountAsync("key_pool"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_deferred_statement_is_seen_by_the_next_and_its_failure_undoes_the_work(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var seen = await commerce.Database.WriteAsync(Mall, c =>
        {
            c.Defer(Insert, new { name = "a" });
            c.Defer(Insert, new { name = "b" });
            return c.QueryAsync<string>("select name from key_pool where tenant = @tenant order by name");
        });
        Assert.Equal(["a", "b"], seen);
        await Assert.ThrowsAnyAsync<DbException>(() => commerce.Database.WriteAsync(Mall, c =>
        {
            c.Defer(Insert, new { name = "c" });
            c.Defer(Insert, new { name = "a" });
            return Task.CompletedTask;
        }));
        Assert.Equal(2, await commerce.CountAsync("key_pool"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Deferred_rows_come_in_their_order_with_the_next_statement_or_the_commit(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        const string names = "select name from key_pool where tenant = @tenant and name >= @from order by name";
        var last = await commerce.Database.WriteAsync(Mall, async c =>
        {
            c.Defer(Insert, new { name = "a" });
            var before = c.DeferQuery<string>(names, new { from = "a" });
            c.Defer(Insert, new { name = "b" });
            var after = c.DeferQuery<string>(names, new { from = "b" });
            Assert.Equal(["a", "b"], await c.QueryAsync<string>(names, new { from = "a" }));
            Assert.Equal(["a"], before.Rows);
            Assert.Equal(["b"], after.Rows);
            return c.DeferQuery<string>(names, new { from = "a" });
        });
        Assert.Equal(["a", "b"], last.Rows);
    }

    [Fact]
    public async Task Deferred_rows_cannot_be_looked_at_too_early()
    {
        await using var commerce = await StartAsync(CommerceDialect.Postgres);
        await commerce.Database.WriteAsync(Mall, async c =>
        {
            var rows = c.DeferQuery<string>("select name from key_pool where tenant = @tenant");
            Assert.Throws<InvalidOperationException>(() => rows.Rows);
            Assert.Equal(0, await c.QuerySingleOrDefaultAsync<long>("select count(*) from key_pool where tenant = @tenant"));
            Assert.Empty(rows.Rows);
        });
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Reads_cannot_write_and_writes_do_not_nest(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await Assert.ThrowsAsync<InvalidOperationException>(() => commerce.Database.ReadAsync(Mall, c => c.ExecuteAsync(Insert, new { name = "x" })));
        if (dialect == CommerceDialect.Sqlite)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => commerce.Database.WriteAsync(Mall, _ => commerce.Database.WriteAsync(Mall, c => c.ExecuteAsync(Insert, new { name = "x" }))));
        }

        Assert.Equal(0, await commerce.CountAsync("key_pool"));
    }

    [Fact]
    public async Task A_callback_that_throws_is_its_works_problem_only()
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        var bad = commerce.Database.WriteAsync(Mall, c =>
        {
            c.OnCommitted(() => throw new TimeoutException());
            return c.ExecuteAsync(Insert, new { name = "bad" });
        });
        var good = commerce.Database.WriteAsync(Mall, c => c.ExecuteAsync(Insert, new { name = "good" }));
        await Assert.ThrowsAsync<TimeoutException>(() => bad);
        Assert.Equal(1, await good);
        Assert.Equal(2, await commerce.CountAsync("key_pool"));
    }

    [Fact]
    public async Task A_write_that_awaits_something_else_is_undone_on_sqlite()
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        await Assert.ThrowsAsync<InvalidOperationException>(() => commerce.Database.WriteAsync(Mall, async c =>
        {
            await c.ExecuteAsync(Insert, new { name = "slow" });
            await Task.Delay(5);
        }));
        Assert.Equal(0, await commerce.CountAsync("key_pool"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Values_come_back_as_they_went(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        var id = Guid.NewGuid();
        var row = await commerce.Database.ReadAsync(Mall, c => c.QuerySingleOrDefaultAsync<Values>(
            "select cast(@text as text) as some_text, cast(@empty as text) as empty, cast(@at as bigint) as at, cast(@id as text) as id, cast(@kind as text) as kind, @yes as yes, @bytes as bytes, @none as no_value, @number as number where @tenant <> ''",
            new { text = "卡密 '; -- é", empty = "", at, id, kind = DayOfWeek.Friday, yes = true, bytes = new byte[] { 0, 255 }, none = (int?)null, number = 3_000_000_000L }));
        Assert.Equal([0, 255], row!.Bytes);
        Assert.Equal(new Values("卡密 '; -- é", "", at, id, DayOfWeek.Friday, true, row.Bytes, null, 3_000_000_000L), row);
        var picked = await commerce.Database.ReadAsync(Mall, c => c.QuerySingleOrDefaultAsync<(long, bool)>(
            $"select cast(5 as bigint), 5 {c.In("numbers")} and 'b' {c.In("names")} where @tenant <> ''", new { numbers = new long[] { 4, 5 }, names = new List<string> { "a", "b" } }));
        Assert.Equal((5, true), picked);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Two_processes_migrate_at_once_and_share_the_database(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        await Task.WhenAll(commerce.Database.MigrateAsync(), second.Database.MigrateAsync());
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? commerce : second).Database.WriteAsync(Mall, c => c.ExecuteAsync(Insert, new { name = $"{i}" }))));
        Assert.Equal(100, await second.CountAsync("key_pool"));
    }

    private sealed record Values(string SomeText, string Empty, DateTimeOffset At, Guid Id, DayOfWeek Kind, bool Yes, byte[] Bytes, int? NoValue, long Number);
}
