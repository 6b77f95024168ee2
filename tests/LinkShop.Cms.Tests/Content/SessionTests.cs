using Xunit;
using YesSql;
using YesSql.Services;

namespace LinkShop.Cms.Tests.Content;

public sealed class SessionTests
{
    public static TheoryData<string> Databases => ContentStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_saved_document_is_found_by_identifier_and_by_index(string database)
    {
        await using var store = await OpenStoreAsync(database);
        var since = new DateTime(2026, 11, 23, 8, 30, 0, DateTimeKind.Utc);
        var goods = new Goods { Name = "星际点卡", Price = 3000, Since = since };
        await using (var session = store.Open())
        {
            await session.SaveAsync(goods);
            Assert.NotEqual(0, goods.Id);
            await session.SaveChangesAsync();
        }

        await using var later = store.Open();
        var byId = await later.GetAsync<Goods>(goods.Id);
        Assert.Equal("星际点卡", byId!.Name);
        Assert.Equal(goods.Id, byId.Id);
        var byIndex = await later.Query<Goods, GoodsIndex>(x => x.Name == "星际点卡").FirstOrDefaultAsync();
        Assert.Same(byId, byIndex);
        var record = await later.QueryIndex<GoodsIndex>(x => x.Since == since).FirstOrDefaultAsync();
        Assert.Equal(since, record!.Since);
        Assert.Equal(DateTimeKind.Utc, record.Since!.Value.Kind);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Queries_filter_order_page_and_count(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await SaveAsync(store, Enumerable.Range(1, 20).Select(n => new Goods { Name = $"g{n:00}", Price = n % 5 }));
        await using var session = store.Open();
        var page = await session.Query<Goods, GoodsIndex>(x => x.Price >= 1).OrderByDescending(x => x.Price).ThenBy(x => x.Name).Skip(3).Take(3).ListAsync();
        Assert.Equal(["g19", "g03", "g08"], page.Select(x => x.Name));
        Assert.Equal(16, await session.Query<Goods, GoodsIndex>(x => x.Price >= 1).OrderBy(x => x.Name).Take(2).CountAsync());
        string[] names = ["g02", "g07", "nothing"];
        Assert.Equal(2, await session.Query<Goods>().With<GoodsIndex>(x => x.Name.IsIn(names)).CountAsync());
        Assert.Equal(18, await session.Query<Goods>().With<GoodsIndex>().Where(x => x.Name.IsNotIn(names)).CountAsync());
        Assert.Equal(2, (await session.Query<Goods>().With<GoodsIndex>(x => names.Contains(x.Name)).ListAsync()).Count());
        var streamed = 0;
        await foreach (var goods in session.Query<Goods, GoodsIndex>().Where(x => x.Name.StartsWith("g1")).ToAsyncEnumerable())
            streamed++;
        Assert.Equal(10, streamed);
        Assert.Equal("g05", (await session.QueryIndex<GoodsIndex>().OrderBy(x => x.Price).ThenBy(x => x.Name).FirstOrDefaultAsync())!.Name);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_document_with_many_records_is_returned_once_in_the_order_of_its_matching_record(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await SaveAsync(store,
        [
            new() { Name = "both", Price = 5, Tags = ["a", "b"] },
            new() { Name = "one", Price = 3, Tags = ["a"] },
            new() { Name = "other", Price = 1, Tags = ["c"] },
        ]);
        await using var session = store.Open();
        var found = await session.Query<Goods, GoodsTagIndex>(x => x.Tag != "c").OrderBy(x => x.Price).ListAsync();
        Assert.Equal(["one", "both"], found.Select(x => x.Name));
        var joined = await session.Query<Goods>().With<GoodsTagIndex>(x => x.Tag == "a").With<GoodsIndex>(x => x.Price > 3).OrderBy(x => x.Name).ListAsync();
        Assert.Equal("both", Assert.Single(joined).Name);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_query_sees_pending_changes_and_other_sessions_do_not(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await using var session = store.Open();
        await session.SaveAsync(new Goods { Name = "new" });
        Assert.NotNull(await session.Query<Goods, GoodsIndex>(x => x.Name == "new").FirstOrDefaultAsync());
        await using (var other = store.Open())
            Assert.Null(await other.Query<Goods, GoodsIndex>(x => x.Name == "new").FirstOrDefaultAsync());
        await session.CancelAsync();
        await session.SaveChangesAsync();
        await using var later = store.Open();
        Assert.Equal(0, await later.Query<Goods>().CountAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_saved_document_that_changes_after_a_query_wrote_it_is_stored_as_it_is_in_the_end(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await using (var session = store.Open())
        {
            var goods = new Goods { Name = "early" };
            await session.SaveAsync(goods);
            Assert.Equal(1, await session.Query<Goods>().CountAsync());
            goods.Name = "late";
            await session.SaveChangesAsync();
        }

        await using var later = store.Open();
        Assert.Equal("late", (await later.Query<Goods, GoodsIndex>(x => x.Name == "late").FirstOrDefaultAsync())?.Name);
        Assert.Equal(1, await later.QueryIndex<GoodsIndex>().CountAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Changing_and_deleting_a_document_keeps_its_records(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await SaveAsync(store, [new() { Name = "old", Price = 1, Tags = ["a", "b"] }]);
        await using (var session = store.Open())
        {
            var goods = await session.Query<Goods>().FirstOrDefaultAsync();
            (goods!.Name, goods.Tags) = ("renamed", ["b"]);
            await session.SaveAsync(goods);
            await session.SaveChangesAsync();
        }

        await using (var session = store.Open())
        {
            Assert.Equal(["renamed"], (await session.QueryIndex<GoodsIndex>().ListAsync()).Select(x => x.Name));
            Assert.Equal(["b"], (await session.QueryIndex<GoodsTagIndex>().ListAsync()).Select(x => x.Tag));
            session.Delete((await session.Query<Goods>().FirstOrDefaultAsync())!);
            await session.SaveChangesAsync();
        }

        await using var later = store.Open();
        Assert.Equal(0, await later.QueryIndex<GoodsIndex>().CountAsync());
        Assert.Equal(0, await later.QueryIndex<GoodsTagIndex>().CountAsync());
        Assert.Equal(0, await later.Query<Goods>().CountAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reduce_index_sums_up_added_changed_and_deleted_documents(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await SaveAsync(store, [new() { Name = "a", Price = 2 }, new() { Name = "b", Price = 3 }, new() { Name = "c", Price = 7, Kind = "file" }]);
        await SaveAsync(store, [new() { Name = "d", Price = 5 }]);
        await using (var session = store.Open())
        {
            Assert.Equal(("card", 3, 10), await SumAsync(session, "card"));
            Assert.Equal(["a", "b", "d"], (await session.Query<Goods, GoodsByKind>(x => x.Kind == "card").ListAsync()).Select(x => x.Name).Order());
            var moved = await session.Query<Goods, GoodsIndex>(x => x.Name == "a").FirstOrDefaultAsync();
            moved!.Kind = "file";
            await session.SaveAsync(moved);
            session.Delete((await session.Query<Goods, GoodsIndex>(x => x.Name == "b").FirstOrDefaultAsync())!);
            await session.SaveChangesAsync();
        }

        await using var later = store.Open();
        Assert.Equal(("card", 1, 5), await SumAsync(later, "card"));
        Assert.Equal(("file", 2, 9), await SumAsync(later, "file"));
        Assert.Equal(["a", "c"], (await later.Query<Goods, GoodsByKind>(x => x.Kind == "file").ListAsync()).Select(x => x.Name).Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sessions_at_the_same_time_lose_nothing_of_a_reduce_index(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() => SaveAsync(store, [new() { Name = $"g{n}", Price = 1 }]))));
        await using var session = store.Open();
        Assert.Equal(("card", 16, 16), await SumAsync(session, "card"));
        Assert.Equal(16, await session.Query<Goods, GoodsByKind>(x => x.Kind == "card").CountAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_checked_save_refuses_to_overwrite_a_newer_version(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await SaveAsync(store, [new() { Name = "contended" }]);
        await using var first = store.Open();
        await using var second = store.Open();
        var mine = await first.Query<Goods>().FirstOrDefaultAsync();
        var theirs = await second.Query<Goods>().FirstOrDefaultAsync();
        theirs!.Price = 2;
        await second.SaveAsync(theirs, checkConcurrency: true);
        await second.SaveChangesAsync();
        mine!.Price = 1;
        await first.SaveAsync(mine, checkConcurrency: true);
        var refused = await Assert.ThrowsAsync<ConcurrencyException>(first.SaveChangesAsync);
        Assert.Equal(mine.Id, refused.Document.Id);
        await using var later = store.Open();
        Assert.Equal(2, (await later.Query<Goods>().FirstOrDefaultAsync())!.Price);
        Assert.Equal(2, (await later.QueryIndex<GoodsIndex>().FirstOrDefaultAsync())!.Price);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Writers_at_the_same_time_all_succeed_while_readers_go_on(string database)
    {
        await using var store = await OpenStoreAsync(database);
        await SaveAsync(store, [new() { Name = "first" }]);
        await using var holder = store.Open();
        await holder.SaveAsync(new Goods { Name = "held" });
        await holder.FlushAsync();
        var writers = Enumerable.Range(0, 12).Select(n => Task.Run(() => SaveAsync(store, [new() { Name = $"w{n}" }]))).ToArray();
        await using (var reader = store.Open())
            Assert.NotNull(await reader.Query<Goods, GoodsIndex>(x => x.Name == "first").FirstOrDefaultAsync());
        await holder.SaveChangesAsync();
        await Task.WhenAll(writers);
        await using var later = store.Open();
        Assert.Equal(14, await later.Query<Goods>().CountAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Stamps_tell_of_commits_of_other_processes_within_a_second(string database)
    {
        await using var store = await OpenStoreAsync(database);
        var time = new ManualTime();
        var elsewhere = new LinkShop.Cms.Content.Data.ChangeStamps(store.Database, time);
        var before = await elsewhere.GetAsync("Default", nameof(Goods));
        await SaveAsync(store, [new() { Name = "x" }]);
        Assert.NotEqual(before, await store.Stamps.GetAsync("Default", nameof(Goods)));
        time.Advance(TimeSpan.FromSeconds(1));
        if (!store.Database.IsSqlite)
            Assert.Equal(await store.Stamps.GetAsync("Default", nameof(Goods)), await elsewhere.GetAsync("Default", nameof(Goods)));
        Assert.Equal(0, await store.Stamps.GetAsync("Other", nameof(Goods)));
    }

    [Fact]
    public async Task The_warm_up_runs_through() => Assert.Equal(0, await LinkShop.Cms.Content.Data.WarmUp.RunAsync());

    internal static async Task<ContentStore> OpenStoreAsync(string database)
    {
        var store = await ContentStore.CreateAsync(database, new GoodsIndexProvider());
        await store.MigrateAsync(GoodsIndexProvider.CreateTablesAsync);
        return store;
    }

    internal static async Task SaveAsync(ContentStore store, IEnumerable<Goods> goods, string tenant = "Default")
    {
        await using var session = store.Open(tenant);
        foreach (var item in goods)
            await session.SaveAsync(item);
        await session.SaveChangesAsync();
    }

    private static async Task<(string Kind, int Count, int Total)> SumAsync(ISession session, string kind)
    {
        var index = await session.QueryIndex<GoodsByKind>(x => x.Kind == kind).FirstOrDefaultAsync();
        return (index!.Kind, index.Count, index.Total);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
