using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

/// <summary>A supplier that supplies nothing at present.</summary>
public sealed class SupplyHaltTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task While_a_supplier_is_halted_no_shop_finds_lists_or_orders_its_goods_and_what_was_reserved_is_delivered(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var offer = await world.TheOfferAsync();
        var reserved = await world.OrderAsync(world.A);
        var request = await world.RequestAsync(world.B);
        await HaltAsync(world, SupplyHalt.Shut);

        Assert.Empty(await world.Listings.SearchAsync(ShopA, null));
        Assert.Null(await world.Listings.FindAsync(ShopA, "Mall", offer.Id));
        Assert.Equal(CommerceErrors.NotFound, (await world.Listings.AddAsync(new TenantScope("ShopC"), new ListingDraft("Mall", offer.Id, 900), "sam")).Error!.Code);
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("resale_listing", "tenant = 'ShopC'"));
        var listing = Assert.Single(await world.Listings.ListAsync(ShopB));
        Assert.Equal((ResaleProblem.Stopped, 0), (listing.Problem, listing.Available));
        Assert.Equal(CommerceErrors.NotOnSale, (await world.B.TryOrderAsync(request)).Error!.Code);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("orders", "tenant = 'Mall'"));

        Assert.Equal(OrderState.Fulfilled, (await world.A.ApplyAsync(Shop.Event(reserved))).State);
        Assert.Single(await world.A.KeysAsync(reserved));
        await HaltAsync(world, null);
        await world.PaidAsync(world.B);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_shops_that_sell_its_goods_are_told_once_and_are_asked_nothing_any_more_when_it_goes_on(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var notices = world.Supplier.Commerce.Get<ISupplierNotices>();
        foreach (var why in new[] { SupplyHalt.Paused, SupplyHalt.Paused, SupplyHalt.Shut })
            await HaltAsync(world, why);
        Assert.Equal(SupplierNoticeKind.OffSale, Assert.Single(await notices.OpenAsync(ShopA)).Kind);
        Assert.Equal(2, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}'"));
        Assert.Equal(SupplyHalt.Shut, await world.Supplier.Commerce.Get<ISupplyHalts>().FindAsync(world.Supplier.Scope));
        Assert.Null(await world.Supplier.Commerce.Get<ISupplyHalts>().FindAsync(ShopA));
        await HaltAsync(world, null);
        Assert.Empty(await notices.OpenAsync(ShopA));
        Assert.Empty(await notices.OpenAsync(ShopB));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Without_supplying_in_its_plan_a_shop_offers_nothing_and_can_still_stop_what_it_offered(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var offer = await world.TheOfferAsync();
        await HaltAsync(world, SupplyHalt.Plan);
        Assert.Equal(CommerceErrors.SupplyOff, (await world.Offers.SaveAsync(world.Supplier.Scope, Draft() with { SuggestedMinor = 1200 }, "uma")).Error!.Code);
        Assert.Equal(offer.Version, (await world.TheOfferAsync()).Version);
        Assert.True((await world.Offers.StopAsync(world.Supplier.Scope, offer.Id, "", "uma")).Succeeded);
        // what is paused may be prepared
        await HaltAsync(world, SupplyHalt.Paused);
        Assert.Equal(ResaleState.Offered, (await world.OfferAsync()).State);
        Assert.Empty(await world.Listings.SearchAsync(ShopA, null));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_of_a_halted_suppliers_goods_goes_back_to_the_buyer(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.OrderAsync(world.A);
        await world.A.ExpireAsync();
        await HaltAsync(world, SupplyHalt.Shut);
        Assert.Equal(OrderState.Expired, (await world.A.ApplyAsync(Shop.Event(order))).State);
        Assert.Empty(await world.A.KeysAsync(order));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_supplier_whose_goods_others_have_on_sale_is_not_erased(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        Assert.Equal(CommerceErrors.Conflict, (await world.Supplier.Commerce.Get<ITenantErasure>().EraseAsync(world.Supplier.Scope)).Error!.Code);
        Assert.Equal(ResaleState.Offered, (await world.TheOfferAsync()).State);
        await world.SoundAsync();
        foreach (var shop in new[] { ShopA, ShopB })
            Assert.True((await world.Supplier.Commerce.Get<ITenantErasure>().EraseAsync(shop)).Succeeded);
        Assert.True((await world.Supplier.Commerce.Get<ITenantErasure>().EraseAsync(world.Supplier.Scope)).Succeeded);
        await world.SoundAsync();
    }

    private static Task HaltAsync(ResaleWorld world, SupplyHalt? why) => world.Supplier.Commerce.Get<ISupplyHalts>().SetAsync(world.Supplier.Scope, why);
}
