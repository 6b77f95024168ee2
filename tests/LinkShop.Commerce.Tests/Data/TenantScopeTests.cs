using LinkShop.Commerce.Data;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Data;

public sealed class TenantScopeTests
{
    [Theory]
    [InlineData("select count(*) from key_pool")]
    [InlineData("select count(*) from key_pool -- where tenant = @tenant")]
    [InlineData("select count(*) from key_pool /* where tenant = @tenant */")]
    [InlineData("select count(*) from key_pool where name <> '@tenant'")]
    [InlineData("select count(*) as \"@tenant\" from key_pool")]
    [InlineData("select count(*) as [@tenant] from key_pool")]
    [InlineData("select count(*) as `@tenant` from key_pool")]
    [InlineData("select count(*) from key_pool where name <> $$@tenant$$")]
    [InlineData("select count(*) from key_pool where name <> @tenants")]
    [InlineData("select count(*) from key_pool where tenant = @tenant; delete from key_pool")]
    [InlineData("delete from key_pool; select 1 where @tenant = ''")]
    [InlineData("commit")]
    public async Task A_statement_that_could_leave_the_tenant_is_refused(string sql)
    {
        foreach (var dialect in Enum.GetValues<CommerceDialect>())
        {
            await using var commerce = await StartAsync(dialect);
            await commerce.Pools.CreateAsync(Other, new("theirs"));
            Task<TenantScopeViolationException> Refused(Func<ICommerceConnection, Task> use)
                => Assert.ThrowsAsync<TenantScopeViolationException>(() => commerce.Database.WriteAsync(Mall, use));

            await Refused(c => c.ExecuteAsync(sql));
            await Refused(c => c.QueryAsync<long>(sql));
            await Refused(c => c.QuerySingleOrDefaultAsync<long>(sql));
            await Refused(c => c.ExecuteBatchAsync([(sql, null)]));
            await Refused(c =>
            {
                c.Defer(sql);
                return Task.CompletedTask;
            });
            await Refused(async c =>
            {
                await foreach (var _ in c.StreamAsync<long>(sql))
                {
                }
            });
            await Assert.ThrowsAsync<TenantScopeViolationException>(() => commerce.Database.ReadAsync(Mall, c => c.QueryAsync<long>(sql)));
            Assert.Equal(1, await commerce.CountAsync("key_pool"));
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Parameters_cannot_bring_another_tenant(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await Assert.ThrowsAsync<TenantScopeViolationException>(() => commerce.Database.ReadAsync(
            Mall, c => c.QueryAsync<string>("select name from key_pool where tenant = @tenant", new { tenant = "Other" })));
        await Assert.ThrowsAsync<TenantScopeViolationException>(() => commerce.Database.ReadAsync(
            Mall, c => c.QueryAsync<string>("select name from key_pool where tenant = @tenant", new { Tenant = "Other" })));
        await Assert.ThrowsAsync<ArgumentException>(() => commerce.Database.ReadAsync(default, c => c.QueryAsync<long>("select 1 where @tenant <> ''")));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_tenant_sees_and_changes_its_own_rows_only(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var mine = await commerce.PoolWithAsync(Mall, 3, name: "same name");
        var theirs = await commerce.PoolWithAsync(Other, 3, name: "same name");

        Assert.Equal([mine], (await commerce.Pools.ListAsync(Mall)).Select(p => p.Id));
        Assert.Null(await commerce.Pools.FindAsync(Mall, theirs));
        Assert.Null(await commerce.Pools.UpdateAsync(Mall, theirs, new("taken over")));
        Assert.Equal(0, (await commerce.Pools.GetStatsAsync(Mall, theirs)).Available);
        Assert.Empty(await commerce.Pools.ListKeysAsync(Mall, theirs, null, 0, 10));
        Assert.Equal(0, await commerce.Pools.VoidAsync(Mall, theirs, null, "admin"));
        var key = (await commerce.Pools.ListKeysAsync(Other, theirs, null, 0, 1)).Single();
        Assert.Null(await commerce.Pools.RevealAsync(Mall, key.Id, "admin"));
        Assert.Null(await commerce.Pools.RecallBatchAsync(Mall, key.BatchId, "admin"));
        Assert.Null(await commerce.Database.WriteAsync(Mall, c => commerce.Stock.ReserveAsync(c, theirs, "O1", 1, 1, commerce.Clock.GetUtcNow(), default)));
        Assert.Null(await commerce.Database.WriteAsync(Mall, c => commerce.Stock.ReserveAsync(c, mine, "O1", 1, 1, commerce.Clock.GetUtcNow(), default, [key.Id])));
        await Assert.ThrowsAsync<CommerceException>(() => commerce.ImportAsync(Mall, theirs, "A\n"));
        Assert.Equal(3, (await commerce.Pools.GetStatsAsync(Other, theirs)).Available);
    }
}
