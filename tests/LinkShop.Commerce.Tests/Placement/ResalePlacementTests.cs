using LinkShop.Commerce.Data;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Resale;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Placement;

/// <summary>Shops that sell each other's goods have orders in one transaction, so they are on one database.</summary>
public sealed class ResalePlacementTests
{
    private static readonly TenantScope Far = new("Far");

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_on_another_database_can_not_list_a_suppliers_goods_and_is_told_why(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, two: true);
        world.Supplier.Commerce.Placement.Places[Far.Tenant] = new CommercePlace(Second, false);
        var offer = await world.TheOfferAsync();

        var refused = await world.Listings.AddAsync(Far, new ListingDraft(Mall.Tenant, offer.Id, 1000), "sam");
        Assert.Equal(CommerceErrors.OtherDatabase, refused.Error!.Code);
        Assert.Contains("'Far' is on the database 'second' and 'Mall' on 'main'", refused.Error.Message, StringComparison.Ordinal);
        Assert.Null(await world.Listings.FindAsync(Far, Mall.Tenant, offer.Id));
        Assert.Empty(await world.Listings.SearchAsync(Far, null));
        foreach (var database in new[] { "", Second })
        {
            Assert.Equal(0, await PlacementTests.CountAsync(world.Supplier, database, "resale_listing", Far));
            Assert.Equal(database.Length == 0 ? 2 : 0, await PlacementTests.CountAsync(world.Supplier, database, "resale_outlet", Mall));
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_over_two_databases_is_refused_and_reserves_nothing_on_either(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, two: true);
        var request = await world.RequestAsync(world.A);
        // as if the supplier had been taken away by hand
        world.Supplier.Commerce.Placement.Places[Mall.Tenant] = new CommercePlace(Second, false);

        var refused = await world.A.Ordering.CreateAsync(ShopA, request);
        Assert.Equal(CommerceErrors.OtherDatabase, refused.Error!.Code);
        // its offers' rows are still here, and nobody finds them
        Assert.Empty(await world.Listings.SearchAsync(ShopA, null));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("orders"));
        Assert.Equal(10, await world.Supplier.Commerce.CountAsync("card_key", "state = 'Available'"));

        // a sweep that works on the database itself is told too
        world.Supplier.Commerce.Placement.Places.Clear();
        var open = await world.OrderAsync(world.A);
        world.Supplier.Commerce.Placement.Places[Mall.Tenant] = new CommercePlace(Second, false);
        var error = await Assert.ThrowsAnyAsync<CommerceException>(() => world.A.ExpireAsync());
        Assert.Equal(CommerceErrors.OtherDatabase, error.Code);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("orders", $"id = '{open.OrderId}' and state = 'AwaitingPayment'"));
        world.Supplier.Commerce.Placement.Places.Clear();
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_shares_sales_does_not_move_alone_and_the_reason_names_the_others(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, two: true);
        await world.PaidAsync(world.B);
        var obstacle = Assert.Single(world.Supplier.Commerce.Services.GetServices<IMoveObstacle>());

        var shop = await obstacle.WhyNotAsync(ShopA, Second);
        Assert.Contains("'ShopA' can't go to 'second': it sells goods of 'Mall', which would stay behind", shop, StringComparison.Ordinal);
        Assert.Contains("Move a shop that neither sells others' goods nor has its own sold by others.", shop, StringComparison.Ordinal);
        Assert.Contains("its goods are sold by 'ShopA', 'ShopB'", await obstacle.WhyNotAsync(Mall, Second), StringComparison.Ordinal);
        Assert.Null(await obstacle.WhyNotAsync(Far, Second));

        // what was sold binds for ever, also without the listing
        await world.Supplier.Commerce.Database.WriteSystemAsync(async c =>
        {
            await c.ExecuteAsync("delete from resale_outlet");
            await c.ExecuteAsync("delete from resale_listing");
        });
        Assert.Null(await obstacle.WhyNotAsync(ShopA, Second));
        Assert.NotNull(await obstacle.WhyNotAsync(ShopB, Second));
        var mall = await obstacle.WhyNotAsync(Mall, Second);
        Assert.Contains("'ShopB'", mall, StringComparison.Ordinal);
        Assert.DoesNotContain("'ShopA'", mall, StringComparison.Ordinal);

        // to where the others are, one may go
        world.Supplier.Commerce.Placement.Places[ShopB.Tenant] = new CommercePlace(Second, false);
        Assert.Null(await obstacle.WhyNotAsync(Mall, Second));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, true)]
    [InlineData(CommerceDialect.Sqlite, false)]
    [InlineData(CommerceDialect.Postgres, true)]
    [InlineData(CommerceDialect.Postgres, false)]
    public async Task Nobody_begins_to_sell_a_suppliers_goods_while_it_moves(CommerceDialect dialect, bool known)
    {
        await using var world = await OpenAsync(dialect, two: true);
        var offer = await world.TheOfferAsync();
        var third = new Shop(world.Supplier.Commerce, Far);
        await FeeAsync(third, 400);
        await world.Supplier.Commerce.Store("").GuardAsync(Mall.Tenant);
        if (known)
            world.Supplier.Commerce.Placement.Places[Mall.Tenant] = new CommercePlace("", true);

        await Assert.ThrowsAsync<TenantMovingException>(() => world.Listings.AddAsync(Far, new ListingDraft(Mall.Tenant, offer.Id, 1000), "sam"));
        await Assert.ThrowsAsync<TenantMovingException>(() => world.OrderAsync(world.A));
        Assert.Equal(0, await PlacementTests.CountAsync(world.Supplier, "", "resale_listing", Far));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("orders"));
    }
}
