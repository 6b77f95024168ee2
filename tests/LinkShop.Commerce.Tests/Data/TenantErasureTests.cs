using LinkShop.Commerce.Data;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Data;

public sealed class TenantErasureTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_tenant_that_never_sold_loses_its_goods_and_keys_and_nobody_else_does(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 5);
        var others = await commerce.PoolWithAsync(Other, 3);
        var erased = await commerce.Get<ITenantErasure>().EraseAsync(Mall);

        Assert.True(erased.Succeeded);
        Assert.Empty(await commerce.Pools.ListAsync(Mall));
        Assert.Null(await commerce.Pools.FindAsync(Mall, pool));
        Assert.Equal(3, (await commerce.Pools.GetStatsAsync(Other, others)).Available);
        // what was erased can be made again
        Assert.Equal(2, (await commerce.Pools.GetStatsAsync(Mall, await commerce.PoolWithAsync(Mall, 2))).Available);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_price_that_was_erased_is_not_remembered(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        Assert.Equal(1000, (await shop.Ordering.QuoteAsync(shop.Scope, Shop.Request())).Value.Total.Minor);
        Assert.True((await shop.Commerce.Get<ITenantErasure>().EraseAsync(shop.Scope)).Succeeded);
        await shop.CardsAsync(change: offer => offer with { Price = new Money(1700, "CNY") });

        Assert.Equal(1700, (await shop.Ordering.QuoteAsync(shop.Scope, Shop.Request())).Value.Total.Minor);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_books_of_a_tenant_that_sold_are_never_deleted(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 5);
        var order = await shop.OrderAsync();
        var erased = await shop.Commerce.Get<ITenantErasure>().EraseAsync(shop.Scope);

        Assert.Equal(CommerceErrors.Conflict, erased.Error!.Code);
        Assert.Equal(4, (await shop.Commerce.Pools.GetStatsAsync(shop.Scope, pool)).Available);
        Assert.NotNull(await shop.Desk.DetailAsync(shop.Scope, order.OrderId));
    }

    [Fact]
    public async Task Nor_are_those_of_one_that_only_has_transfers()
    {
        await using var books = await Ledger.Books.OpenAsync(CommerceDialect.Sqlite);
        var pool = await books.Commerce.PoolWithAsync(Mall, 5);
        await books.FundAsync(Ledger.Books.Ann, 100);
        Assert.Equal(CommerceErrors.Conflict, (await books.Commerce.Get<ITenantErasure>().EraseAsync(Mall)).Error!.Code);
        Assert.Equal(5, (await books.Commerce.Pools.GetStatsAsync(Mall, pool)).Available);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Every_table_with_a_tenant_is_either_erased_or_kept_on_purpose(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var tables = await commerce.Database.ReadSystemAsync(c => c.QueryAsync<string>(dialect == CommerceDialect.Sqlite
            ? "select m.name from sqlite_master m where m.type = 'table' and exists (select 1 from pragma_table_info(m.name) i where i.name = 'tenant')"
            : "select table_name from information_schema.columns where column_name = 'tenant' and table_schema = current_schema()"));
        Assert.Equal(tables.Order(StringComparer.Ordinal), TenantErasure.Erased.Concat(TenantErasure.Kept).Order(StringComparer.Ordinal));
    }
}
