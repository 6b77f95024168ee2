using Xunit;
using YesSql;
using YesSql.Indexes;
using YesSql.Sql;

namespace LinkShop.Cms.Tests.Content;

public sealed class SchemaTests
{
    public static TheoryData<string> Databases => ContentStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Schema_changes_can_be_repeated_and_add_what_is_missing(string database)
    {
        await using var store = await SessionTests.OpenStoreAsync(database);
        await SessionTests.SaveAsync(store, [new() { Name = "before" }]);
        // As another process, which doesn't know what was applied.
        store.Database.AppliedSchema.Clear();
        await store.MigrateAsync(GoodsIndexProvider.CreateTablesAsync);
        for (var round = 0; round < 2; round++)
            await store.MigrateAsync(schema => schema.AlterIndexTableAsync<GoodsIndex>(table =>
            {
                table.AddColumn<bool>("IsHot", column => column.NotNull());
                table.AddColumn<string>("Brand", column => column.WithDefault("none"));
                table.CreateIndex("IDX_GoodsIndex_Brand", "Brand", "IsHot");
            }));
        await using var session = store.Open();
        Assert.Equal("before", (await session.Query<Goods, GoodsIndex>(x => x.Name == "before").FirstOrDefaultAsync())!.Name);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_unique_index_leaves_the_oldest_of_those_it_tells_not_apart_in_each_tenant_and_lets_none_in_beside_it(string database)
    {
        await using var store = await SessionTests.OpenStoreAsync(database);
        await SessionTests.SaveAsync(store, [new() { Name = "twice", Price = 1 }, new() { Name = "once", Price = 2 }]);
        await SessionTests.SaveAsync(store, [new() { Name = "twice", Price = 3 }]);
        await SessionTests.SaveAsync(store, [new() { Name = "twice", Price = 4 }], "Other");
        await SessionTests.SaveAsync(store, [new() { Name = "twice", Price = 5 }], "Other");
        for (var round = 0; round < 2; round++)
        {
            await store.MigrateAsync(schema => schema.CreateUniqueIndexAsync<GoodsIndex>("UX_GoodsIndex_Name", nameof(GoodsIndex.Name)));
            store.Database.AppliedSchema.Clear();
        }

        Assert.Equal([1, 2], await PricesAsync("Default"));
        Assert.Equal([4], await PricesAsync("Other"));
        await Assert.ThrowsAnyAsync<Microsoft.EntityFrameworkCore.DbUpdateException>(() => SessionTests.SaveAsync(store, [new() { Name = "once" }]));
        await SessionTests.SaveAsync(store, [new() { Name = "once", Price = 6 }], "Other");

        async Task<IEnumerable<int>> PricesAsync(string tenant)
        {
            await using var session = store.Open(tenant);
            var all = (await session.Query<Goods>().ListAsync()).Select(goods => goods.Price).Order().ToList();
            Assert.Equal(all, (await session.QueryIndex<GoodsIndex>().ListAsync()).Select(index => index.Price).Order());
            return all;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_change_that_is_rolled_back_is_tried_again(string database)
    {
        await using var store = await ContentStore.CreateAsync(database, new GoodsIndexProvider());
        await using (var session = store.Open())
        {
            await GoodsIndexProvider.CreateTablesAsync(await session.BeginSchemaAsync());
            await session.CancelAsync();
        }

        await store.MigrateAsync(GoodsIndexProvider.CreateTablesAsync);
        await SessionTests.SaveAsync(store, [new() { Name = "works" }]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Names_that_are_not_plain_are_refused(string database)
    {
        await using var store = await ContentStore.CreateAsync(database);
        await Assert.ThrowsAsync<ArgumentException>(() => store.MigrateAsync(schema =>
            schema.CreateMapIndexTableAsync<OddIndex>(table => table.Column<string>("x\"; DROP TABLE \"Document\"; --"))));
    }

    private sealed class OddIndex : MapIndex;
}
