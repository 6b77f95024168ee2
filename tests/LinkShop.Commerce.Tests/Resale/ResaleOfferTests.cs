using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

public sealed class ResaleOfferTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_shop_finds_lists_and_sees_what_it_earns_by_it(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var choice = Assert.Single(await world.Listings.SearchAsync(ShopA, "CARD"));
        Assert.Equal(("Mall", true, "Card mall", 800L), (choice.Upstream, choice.Listed, choice.Offer.Supplier, choice.Offer.Floor.Minor));
        Assert.Empty(await world.Listings.SearchAsync(ShopA, "car%d"));
        Assert.Empty(await world.Listings.SearchAsync(world.Supplier.Scope, null));
        var listing = Assert.Single(await world.Listings.ListAsync(ShopA));
        Assert.Equal((new Money(400, "CNY"), 10, null), (listing.Margin!.Value, listing.Available, listing.Problem));
        Assert.Equal(10, (await world.A.Catalog.GetAvailableAsync(ShopA, [listing.SkuId]))[listing.SkuId]);
        // again is the same listing
        Assert.Equal(listing.Id, (await world.Listings.AddAsync(ShopA, new ListingDraft("Mall", choice.Offer.Id, 900), "sam")).Value.Id);
        Assert.Equal(2, (await world.Offers.OutletsAsync(world.Supplier.Scope)).Count);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_price_below_the_floor_or_below_cost_and_fee_is_refused_and_nothing_is_listed(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var offer = await world.TheOfferAsync();
        var third = world.Supplier.As(new TenantScope("ShopC"));
        var low = await world.Listings.AddAsync(third.Scope, new ListingDraft("Mall", offer.Id, 799), "sam");
        Assert.Equal((CommerceErrors.BelowFloor, "priceMinor"), (low.Error!.Code, low.Error.Field));
        // 40 % of 900 leave less than the cost
        await FeeAsync(third, 4000);
        Assert.Equal(CommerceErrors.BelowCost, (await world.Listings.AddAsync(third.Scope, new ListingDraft("Mall", offer.Id, 900), "sam")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await world.Listings.AddAsync(third.Scope, new ListingDraft("Mall", "none", 900), "sam")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await world.Listings.AddAsync(world.Supplier.Scope, new ListingDraft("Mall", offer.Id, 900), "sam")).Error!.Code);
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("resale_listing", "tenant = 'ShopC'"));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("resale_outlet", "shop = 'ShopC'"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_price_that_leaves_nothing_for_what_the_dearest_way_to_pay_costs_is_refused_and_sells_nothing(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var request = await world.RequestAsync(world.A);
        var policies = world.A.Commerce.Get<IFeePolicies>();
        async Task CostAsync(int basisPoints) => Assert.True((await policies.SaveAsync(ShopA, await policies.CurrentAsync(ShopA) with
        {
            Rules =
            [
                new FeeRule { Id = "commission", Share = ShareKind.Platform, BasisPoints = 400 }, new FeeRule { Id = "any", Share = ShareKind.PaymentCost, BasisPoints = 100 },
                new FeeRule { Id = "dear", Share = ShareKind.PaymentCost, BasisPoints = basisPoints, Provider = "dear" }, new FeeRule { Id = "cheap", Share = ShareKind.PaymentCost, BasisPoints = 10, Provider = "test" },
            ],
        }, "ann")).Succeeded);

        // of 1,000: 600 to the supplier, 40 to the platform, and 360 for the payment are just there
        await CostAsync(3_600);
        Assert.True((await world.A.Ordering.CreateAsync(ShopA, request)).Succeeded);
        await CostAsync(3_610);
        Assert.Equal(CommerceErrors.NotOnSale, (await world.A.Ordering.CreateAsync(ShopA, Shop.Request(request.Lines![0].SkuId, contact: "two@example.com"))).Error?.Code);
        Assert.Equal(ResaleProblem.BelowCost, Assert.Single(await world.Listings.ListAsync(ShopA)).Problem);
        Assert.Equal((1, 1), (await world.Supplier.Commerce.CountAsync("orders", "tenant = 'ShopA'"), await world.Supplier.Commerce.CountAsync("card_key", "state = 'Reserved'")));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Saving_the_same_terms_again_is_no_news_and_a_shop_that_goes_is_told_nothing(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        Assert.Equal(1, (await world.OfferAsync()).Version);
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}'"));
        Assert.True((await world.Supplier.Commerce.Get<ITenantErasure>().EraseAsync(ShopB)).Succeeded);
        Assert.Equal(2, (await world.OfferAsync(d => d with { SuggestedMinor = 1100 })).Version);
        Assert.Equal("ShopA", Assert.Single(await world.Offers.OutletsAsync(world.Supplier.Scope)).Shop);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}'"));
        await world.Offers.StopAsync(world.Supplier.Scope, (await world.TheOfferAsync()).Id, "", "uma");
        Assert.Equal((4, ResaleState.Offered), (await world.OfferAsync(d => d with { SuggestedMinor = 1100 })) is var again ? (again.Version, again.State) : default);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Only_the_shops_that_are_named_may_resell(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var offer = await world.OfferAsync(d => d with { Audience = ResaleAudience.Listed, Shops = ["ShopA"] });
        Assert.Single(await world.Listings.SearchAsync(ShopA, null));
        Assert.Empty(await world.Listings.SearchAsync(ShopB, null));
        Assert.Equal(["ShopA"], offer.Shops);
        await world.OrderAsync(world.A);
        Assert.Equal(CommerceErrors.NotOnSale, (await world.B.TryOrderAsync(await world.RequestAsync(world.B))).Error!.Code);
        Assert.Equal(ResaleProblem.Stopped, Assert.Single(await world.Listings.ListAsync(ShopB)).Problem);
        Assert.Equal(CommerceErrors.NotFound, (await world.Listings.AddAsync(new TenantScope("ShopC"), new ListingDraft("Mall", offer.Id, 900), "sam")).Error!.Code);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_resold_can_not_be_offered_again_whatever_the_code_does(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var listing = Assert.Single(await world.Listings.ListAsync(ShopA));
        Assert.Equal(CommerceErrors.NotResellable, (await world.Offers.SaveAsync(ShopA, Draft(listing.SkuId), "sam")).Error!.Code);
        const string insert = "insert into resale_offer (tenant, id, sku_id, listing, title, variant, supplier, currency, floor_price, suggested_price, cost, refunds, audience, state, version, note, changed_by, changed_at)";
        var values = $"values ('ShopA', 'x', '{listing.SkuId}', '{{0}}', 't', '', 's', 'CNY', 1, 1, 1, 'SupplierPays', 'Everybody', 'Offered', 1, '', 'a', 1)";
        foreach (var kind in (string[])["", listing.Id])
            await Assert.ThrowsAnyAsync<Exception>(() => world.A.CorruptAsync(insert + string.Format(values, kind)));
        // nor can what is offered become somebody else's
        await Assert.ThrowsAnyAsync<Exception>(() => world.A.CorruptAsync("update offers set listing = 'y' where tenant = 'Mall' and sku_id = 'card'"));
        await Assert.ThrowsAnyAsync<Exception>(() => world.A.CorruptAsync("insert into resale_outlet (tenant, offer_id, shop, listing, since) values ('Mall', (select id from resale_offer), 'Mall', 'l', 1)"));
        var own = await world.Supplier.Catalog.UpsertProductAsync(world.Supplier.Scope, "p-card", [Resold(listing, 1000) with { SkuId = "card", ProductId = "p-card" }]);
        Assert.Equal(CommerceErrors.NotFound, own.Error!.Code);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_variant_names_a_listing_of_its_own_shop_or_is_not_stored(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var listing = Assert.Single(await world.Listings.ListAsync(ShopA));
        var foreign = await world.B.Catalog.UpsertProductAsync(ShopB, "p-x", [Resold(listing, 1000) with { ProductId = "p-x" }]);
        Assert.Equal((CommerceErrors.NotFound, "offers[0].supply"), (foreign.Error!.Code, foreign.Error.Field));
        var without = await world.A.Catalog.UpsertProductAsync(ShopA, "p-y", [Resold(listing, 1000) with { ProductId = "p-y", SkuId = "y", Supply = null }]);
        Assert.Equal("offers[0].supply", without.Error!.Field);
        Assert.Null(await world.A.Catalog.GetAsync(ShopA, "y"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Only_what_delivers_itself_and_asks_nothing_is_offered(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.Supplier.ManualAsync();
        Assert.Equal((CommerceErrors.NotResellable, "skuId"), Pair(await world.Offers.SaveAsync(world.Supplier.Scope, Draft("manual"), "uma")));
        await world.Supplier.CardsAsync("asks", 1, o => o with { Fields = [new BuyerField { Name = "account" }] });
        Assert.Equal((CommerceErrors.NotResellable, "skuId"), Pair(await world.Offers.SaveAsync(world.Supplier.Scope, Draft("asks"), "uma")));
        Assert.Equal((CommerceErrors.NotFound, "skuId"), Pair(await world.Offers.SaveAsync(world.Supplier.Scope, Draft("none"), "uma")));
        Assert.Equal("costMinor", (await world.Offers.SaveAsync(world.Supplier.Scope, Draft() with { CostMinor = 801 }, "uma")).Error!.Field);
        Assert.Equal("costMinor", (await world.Offers.SaveAsync(world.Supplier.Scope, Draft() with { RateBasisPoints = 1000 }, "uma")).Error!.Field);
        Assert.Equal("suggestedMinor", (await world.Offers.SaveAsync(world.Supplier.Scope, Draft() with { SuggestedMinor = 700 }, "uma")).Error!.Field);
        Assert.Equal("shops", (await world.Offers.SaveAsync(world.Supplier.Scope, Draft() with { Audience = ResaleAudience.Listed }, "uma")).Error!.Field);
        Assert.Equal(1, (await world.TheOfferAsync()).Version);
        // and a variant that begins to ask is off sale in every shop
        await world.Supplier.OfferAsync(new Offer { SkuId = "card", ProductId = "p-card", Title = "Card", Price = new Money(1000, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = world.Pool, Fields = [new BuyerField { Name = "account" }] });
        Assert.Equal(CommerceErrors.NotOnSale, (await world.A.TryOrderAsync(await world.RequestAsync(world.A))).Error!.Code);

        static (string, string?) Pair(CommerceResult<ResaleOffer> result) => (result.Error!.Code, result.Error.Field);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_stop_or_a_dearer_offer_is_seen_by_the_next_order_in_another_process_and_told_to_each_shop(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var second = world.A.InSecondProcess();
        await using var closing = second.Commerce;
        var (sku, request) = ((await world.RequestAsync(world.A)).Lines[0].SkuId, await world.RequestAsync(world.A));
        await second.OrderAsync(request);
        await world.OfferAsync(d => d with { FloorMinor = 1001, SuggestedMinor = 1200 });

        Assert.Equal(CommerceErrors.NotOnSale, (await second.Ordering.QuoteAsync(ShopA, request)).Error!.Code);
        Assert.Equal((CommerceErrors.NotOnSale, "lines[0].skuId"), (await second.TryOrderAsync(request)) is var r ? (r.Error!.Code, r.Error.Field) : default);
        Assert.Equal(0, (await second.Catalog.GetAvailableAsync(ShopA, [sku]))[sku]);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}' and tenant = 'ShopA'"));
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("outbox", $"type = '{ResaleEvents.Changed}' and tenant = 'ShopB'"));
        Assert.Equal(ResaleProblem.BelowFloor, Assert.Single(await world.Listings.ListAsync(ShopA)).Problem);

        await world.OfferAsync(d => d with { FloorMinor = 1000, CostMinor = 980 });
        Assert.Equal(CommerceErrors.NotOnSale, (await second.TryOrderAsync(request)).Error!.Code);
        Assert.Equal(ResaleProblem.BelowCost, Assert.Single(await world.Listings.ListAsync(ShopA)).Problem);
        // a rise that still leaves something is sold at the new cost
        await world.OfferAsync(d => d with { CostMinor = 700 });
        var order = await second.OrderAsync(request);
        Assert.Equal(700, Assert.Single(await world.Listings.SuppliesAsync(ShopA, order.OrderId)).Cost.Minor);
        var listing = Assert.Single(await world.Listings.ListAsync(ShopA));
        Assert.Equal((1, 4), (listing.AcceptedVersion, listing.Terms!.Version));
        Assert.True(await world.Listings.AcceptAsync(ShopA, listing.Id, 4, "sam"));

        Assert.Equal(ResaleState.Stopped, (await world.Offers.StopAsync(world.Supplier.Scope, listing.Terms.Id, "faulty", "uma")).Value.State);
        Assert.Equal(CommerceErrors.NotOnSale, (await second.TryOrderAsync(request)).Error!.Code);
        Assert.Equal("faulty", Assert.Single(await world.Listings.ListAsync(ShopA)).Terms!.Note);
        // what was reserved before is paid and delivered
        Assert.Equal(OrderState.Fulfilled, (await second.ApplyAsync(Shop.Event(order))).State);
        // taking the variant itself off sale does the same
        await world.OfferAsync();
        await world.OrderAsync(world.A);
        await world.Supplier.Catalog.UpsertProductAsync(world.Supplier.Scope, "p-card", []);
        Assert.Equal(CommerceErrors.NotOnSale, (await second.TryOrderAsync(request)).Error!.Code);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task By_commission_the_cost_follows_the_shops_price_and_the_supplier_has_the_rounding(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, change: d => d with { CostMinor = null, RateBasisPoints = 1500 });
        await PublishAsync(world.A, Assert.Single(await world.Listings.ListAsync(ShopA)), 999);
        var order = await world.PaidAsync(world.A, quantity: 2);
        // 15 % of 9.99 are 1.49: 8.50 each
        Assert.Equal(1700, Assert.Single(await world.Listings.SuppliesAsync(ShopA, order.OrderId)).Cost.Minor);
        await world.SoundAsync();
    }
}
