using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

/// <summary>What a shop's people have to know of its suppliers, until somebody has seen it.</summary>
public sealed class SupplierNoticeTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Goods_that_a_supplier_takes_off_sale_are_told_to_the_shops_once_and_are_no_news_when_they_are_back(CommerceDialect dialect)
    {
        await using var world = await ResaleWorld.OpenAsync(dialect);
        await SellAsync(world, onSale: false);
        await SellAsync(world, onSale: false);
        var told = Assert.Single(await OpenAsync(world, ShopA));
        Assert.Equal((SupplierNoticeKind.OffSale, "Game card", "Card mall", null), (told.Kind, told.Title, told.Supplier, told.OrderId));
        Assert.Single(await OpenAsync(world, ShopB));
        Assert.Equal(2, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}'"));

        await SellAsync(world, onSale: true);
        Assert.Empty(await OpenAsync(world, ShopA));
        Assert.Equal(2, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}'"));
        // the product is taken down as a whole, and this time somebody looks
        Assert.True((await world.Supplier.Catalog.UpsertProductAsync(world.Supplier.Scope, "p-card", [])).Succeeded);
        told = Assert.Single(await OpenAsync(world, ShopA));
        Assert.Equal(1, await Notices(world).CountAsync(ShopA));
        Assert.False(await Notices(world).SeenAsync(world.Supplier.Scope, told.Id, "eve"));
        Assert.True(await Notices(world).SeenAsync(ShopA, told.Id, "sam"));
        Assert.False(await Notices(world).SeenAsync(ShopA, told.Id, "sam"));
        Assert.Equal((0, 1), (await Notices(world).CountAsync(ShopA), await Notices(world).CountAsync(ShopB)));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_nobody_resells_is_told_to_nobody(CommerceDialect dialect)
    {
        await using var world = await ResaleWorld.OpenAsync(dialect);
        await world.Supplier.CardsAsync("other");
        Assert.True((await world.Supplier.Catalog.UpsertProductAsync(world.Supplier.Scope, "p-other", [])).Succeeded);
        var offer = await world.TheOfferAsync();
        Assert.True((await world.Offers.StopAsync(world.Supplier.Scope, offer.Id, "No more", "uma")).Succeeded);
        var messages = await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}'");
        // it was told when it was stopped
        await SellAsync(world, onSale: false);
        Assert.Equal(messages, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}'"));
        Assert.Equal(SupplierNoticeKind.Changed, Assert.Single(await OpenAsync(world, ShopA)).Kind);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Changed_terms_are_news_until_they_are_accepted_and_again_with_the_next_change(CommerceDialect dialect)
    {
        await using var world = await ResaleWorld.OpenAsync(dialect);
        foreach (var cost in (long[])[650, 700])
        {
            var changed = await world.OfferAsync(draft => draft with { CostMinor = cost });
            var listing = Assert.Single(await world.Listings.ListAsync(ShopA));
            Assert.Equal(SupplierNotice.IdOfChange(listing.Id), Assert.Single(await OpenAsync(world, ShopA)).Id);
            Assert.True(await world.Listings.AcceptAsync(ShopA, listing.Id, changed.Version, "sam"));
            Assert.Empty(await OpenAsync(world, ShopA));
            Assert.Single(await OpenAsync(world, ShopB));
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_recall_waits_for_the_shop_whose_buyer_has_the_key_until_it_is_seen_or_the_money_is_back(CommerceDialect dialect)
    {
        await using var world = await ResaleWorld.OpenAsync(dialect);
        var (first, second) = (await world.PaidAsync(world.A), await world.PaidAsync(world.A, contact: "second@example.com"));
        var batch = Assert.Single(await world.Supplier.Commerce.Pools.ListBatchesAsync(world.Supplier.Scope, world.Pool));
        await world.Supplier.Commerce.Pools.RecallBatchAsync(world.Supplier.Scope, batch.Id, "uma");
        var open = await OpenAsync(world, ShopA);
        Assert.All(open, notice => Assert.Equal(SupplierNoticeKind.Recalled, notice.Kind));
        Assert.Equal(new[] { first.OrderId, second.OrderId }.Order(), open.Select(n => n.OrderId).Order());
        Assert.Empty(await OpenAsync(world, ShopB));

        Assert.True(await Notices(world).SeenAsync(ShopA, open.Single(n => n.OrderId == first.OrderId).Id, "sam"));
        Assert.Equal(second.OrderId, Assert.Single(await OpenAsync(world, ShopA)).OrderId);
        // the shop gives the money back, and the provider has done it
        Assert.True((await MoneyShop.GrantAsync(world.A, second, 1000)).Succeeded);
        await MoneyShop.GiveBackAsync(world.A, second);
        Assert.Empty(await OpenAsync(world, ShopA));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_a_recall_unpaid_orders_of_shops_hold_other_keys_or_end_before_anybody_pays(CommerceDialect dialect)
    {
        await using var world = await ResaleWorld.OpenAsync(dialect, keys: 2);
        var (pools, scope) = (world.Supplier.Commerce.Pools, world.Supplier.Scope);
        var bad = Assert.Single(await pools.ListBatchesAsync(scope, world.Pool));
        var (first, second) = (await world.OrderAsync(world.A), await world.OrderAsync(world.A, contact: "second@example.com"));
        await world.Supplier.Commerce.ImportAsync(scope, world.Pool, "GOOD-1\n");
        var report = (await pools.RecallBatchAsync(scope, bad.Id, "uma"))!;
        Assert.Equal((0, 1, 1), (report.Sold.Count, report.Exchanged, report.CalledOff));
        // nobody has a bad key, so nobody is told of one
        Assert.Empty(await OpenAsync(world, ShopA));

        var states = new[] { await world.A.StateAsync(first), await world.A.StateAsync(second) };
        Assert.Equal([OrderState.AwaitingPayment, OrderState.Cancelled], states.Order());
        var (lives, ended) = states[0] == OrderState.AwaitingPayment ? (first, second) : (second, first);
        Assert.Equal(OrderState.Fulfilled, (await world.A.ApplyAsync(Shop.Event(lives))).State);
        Assert.Equal(["GOOD-1"], await world.A.KeysAsync(lives));
        Assert.Equal("Card mall", Assert.Single((await world.A.Desk.DetailAsync(ShopA, ended.OrderId))!.Events, e => e.Kind == "recalled_called_off").Actor);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("outbox", $"tenant = 'ShopA' and type = '{OrderEvents.Cancelled}'"));
        Assert.Equal(0, (await world.Supplier.StockAsync(world.Pool)).Reserved);
        await world.SoundAsync();
    }

    private static ISupplierNotices Notices(ResaleWorld world) => world.Supplier.Commerce.Get<ISupplierNotices>();

    private static Task<IReadOnlyList<SupplierNotice>> OpenAsync(ResaleWorld world, TenantScope shop) => Notices(world).OpenAsync(shop);

    private static Task SellAsync(ResaleWorld world, bool onSale) => world.Supplier.OfferAsync(new Offer
    {
        SkuId = "card", ProductId = "p-card", Title = "Game card", Price = new Money(1000, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = world.Pool, OnSale = onSale,
    });
}
