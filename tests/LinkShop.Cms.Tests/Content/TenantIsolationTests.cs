using LinkShop.Cms.Content.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;
using YesSql;

namespace LinkShop.Cms.Tests.Content;

public sealed class TenantIsolationTests
{
    public static TheoryData<string> Databases => ContentStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tenant_never_sees_changes_or_deletes_rows_of_another(string database)
    {
        await using var store = await SessionTests.OpenStoreAsync(database);
        var secret = new Goods { Name = "secret", Price = 9, Tags = ["t"] };
        await SessionTests.SaveAsync(store, [secret], "victim");
        await SessionTests.SaveAsync(store, [new() { Name = "own", Price = 1 }], "attacker");

        await using (var attacker = store.Open("attacker"))
        {
            Assert.Null(await attacker.GetAsync<Goods>(secret.Id));
            Assert.Equal(["own"], (await attacker.Query<Goods>().ListAsync()).Select(x => x.Name));
            Assert.Equal(["own"], (await attacker.Query<Goods>(null).With<GoodsIndex>(x => x.Price > 0 || x.Name == "secret").ListAsync()).Select(x => x.Name));
            Assert.Equal(0, await attacker.QueryIndex<GoodsTagIndex>().CountAsync());
            Assert.Equal(1, (await attacker.QueryIndex<GoodsByKind>().FirstOrDefaultAsync())!.Total);
            Assert.Equal(1, await attacker.Query().For<object>(filterType: false).CountAsync());
            // A document can't be smuggled into the session under a foreign identifier either.
            var forged = new Goods { Id = secret.Id, Name = "forged" };
            await attacker.SaveAsync(forged);
            Assert.NotEqual(secret.Id, forged.Id);
            Assert.Throws<InvalidOperationException>(() => attacker.Delete(new Goods { Id = secret.Id }));
            attacker.Materialize<Goods>(new Document { Id = secret.Id, Type = typeof(Goods).FullName!, Content = "{}" });
            var stolen = (await attacker.GetAsync<Goods>(secret.Id))!;
            stolen.Name = "overwritten";
            await attacker.SaveAsync(stolen);
            await Assert.ThrowsAsync<ConcurrencyException>(attacker.SaveChangesAsync);
        }

        await using (var attacker = store.Open("attacker"))
        {
            attacker.Delete(attacker.Materialize<Goods>(new Document { Id = secret.Id, Type = typeof(Goods).FullName!, Content = DocumentTypes.Serialize(secret) }));
            await attacker.SaveChangesAsync();
        }

        await using var victim = store.Open("victim");
        Assert.Equal("secret", (await victim.GetAsync<Goods>(secret.Id))!.Name);
        Assert.Equal(1, await victim.QueryIndex<GoodsIndex>(x => x.Name == "secret").CountAsync());
        Assert.Equal(1, await victim.QueryIndex<GoodsTagIndex>().CountAsync());
        Assert.Equal(9, (await victim.QueryIndex<GoodsByKind>().FirstOrDefaultAsync())!.Total);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_table_of_the_model_is_filtered_by_tenant(string database)
    {
        await using var store = await SessionTests.OpenStoreAsync(database);
        await using var session = store.Open("a");
        var context = await session.ContextAsync();
        Assert.All(context.Model.GetEntityTypes(), entity =>
        {
            Assert.NotEmpty(entity.GetDeclaredQueryFilters());
            Assert.NotNull(entity.FindProperty(ContentDbContext.TenantColumn));
        });
        Assert.Equal(5, context.Model.GetEntityTypes().Count());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_row_read_past_the_filter_can_still_not_be_written(string database)
    {
        await using var store = await SessionTests.OpenStoreAsync(database);
        await SessionTests.SaveAsync(store, [new() { Name = "secret" }], "victim");
        await using var session = store.Open("attacker");
        var context = await session.ContextAsync();
        var row = await context.Documents.IgnoreQueryFilters().AsTracking().SingleAsync();
        row.Content = "{}";
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync());
    }
}
