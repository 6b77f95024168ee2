using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

public sealed class ResaleVerifyTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory]
    [InlineData("supply_books_differ", "update ledger_account set balance = balance + 1 where purpose = 'SupplyPayable'")]
    [InlineData("supply_payment_differs", "update orders set captured = 1 where supply_shop is not null and captured > 0")]
    [InlineData("supply_order_missing", "update supply_line set supply_order = 'gone'")]
    [InlineData("supply_order_of_nobody", "delete from supply_line")]
    [InlineData("supply_count_differs", "update orders set supplies = 2 where supplies = 1")]
    [InlineData("supply_waits_differently", "update orders set state = 'Cancelled' where supply_shop is not null and state = 'AwaitingPayment'")]
    [InlineData("supply_not_delivered", "update supply_line set delivered = not delivered")]
    [InlineData("resold_without_listing", "update offers set listing = 'gone' where listing <> '' and tenant = 'ShopA'")]
    [InlineData("listing_unknown_to_supplier", "delete from resale_outlet where shop = 'ShopA'")]
    public async Task Each_breach_between_shop_and_supplier_is_found(string code, string corruption)
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        await world.PaidAsync(world.A);
        var open = await world.RequestAsync(world.A, contact: "c@example.com");
        await world.A.OrderAsync(open);
        await world.SoundAsync();
        await world.A.CorruptAsync(corruption.Replace("'gone'", corruption.Contains("supply_line", StringComparison.Ordinal) ? "order_id" : "'gone'", StringComparison.Ordinal));
        Assert.Contains((await world.A.VerifyAsync()).Breaches, b => b.Code == code);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_order_at_a_supplier_can_not_stand_on_a_third(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.OrderAsync(world.A);
        await Assert.ThrowsAnyAsync<Exception>(() => world.A.CorruptAsync("update orders set supplies = 1 where supply_shop is not null"));
        await Assert.ThrowsAnyAsync<Exception>(() => world.A.CorruptAsync("update orders set supply_shop = tenant where supplies = 0"));
    }

    /// <summary>Two that resell each other's goods take their locks in opposite order: whoever the database undoes is run again.</summary>
    [Fact]
    public async Task Two_shops_that_supply_each_other_do_not_block_each_other()
    {
        await using var world = await OpenAsync(CommerceDialect.Postgres, keys: 60);
        await world.A.CardsAsync("back", 60);
        var offer = (await world.Offers.SaveAsync(ShopA, Draft("back"), "sam")).Value;
        var listing = (await world.Listings.AddAsync(world.Supplier.Scope, new ListingDraft("ShopA", offer.Id, 1000), "uma")).Value;
        await PublishAsync(world.Supplier, listing, 1000);
        var there = await world.RequestAsync(world.A);
        var results = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => Task.Run(async () =>
        {
            var (shop, request) = i % 2 == 0 ? (world.A, there) : (world.Supplier, Shop.Request(listing.SkuId));
            var order = await shop.OrderAsync(request with { Contact = $"b{i}@example.com" });
            return (await shop.ApplyAsync(Shop.Event(order))).State;
        })));
        Assert.All(results, state => Assert.Equal(OrderState.Fulfilled, state));
        Assert.Equal(40 * Cost, -await world.BalanceAsync(world.A, LedgerPurpose.SupplyReceivable, "Mall"));
        await world.SoundAsync();
    }
}
