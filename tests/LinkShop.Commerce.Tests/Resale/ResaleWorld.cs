using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Resale;

/// <summary>A supplier (Mall) that offers its card to two shops, and what they do with it.</summary>
internal sealed class ResaleWorld(Shop supplier) : IAsyncDisposable
{
    public const long Cost = 600;
    public static readonly TenantScope ShopA = new("ShopA");
    public static readonly TenantScope ShopB = new("ShopB");

    public Shop Supplier => supplier;

    public Shop A => supplier.As(ShopA);

    public Shop B => supplier.As(ShopB);

    public IResaleOffers Offers => supplier.Commerce.Get<IResaleOffers>();

    public IResaleListings Listings => supplier.Commerce.Get<IResaleListings>();

    public long Pool { get; private set; }

    /// <summary>Ten cards at cost 6, floor 8; both shops sell at 10. The supplier's fees are 5 %, a shop's 4 %.</summary>
    public static async Task<ResaleWorld> OpenAsync(CommerceDialect dialect, int keys = 10, Func<ResaleDraft, ResaleDraft>? change = null, Func<Offer, Offer>? sku = null, bool two = false)
    {
        var world = new ResaleWorld(await Shop.OpenAsync(dialect, two: two));
        world.Pool = await world.Supplier.CardsAsync(keys: keys, change: sku);
        await FeeAsync(world.Supplier, 500);
        await FeeAsync(world.A, 400);
        await FeeAsync(world.B, 400);
        await world.OfferAsync(change);
        await world.ListAsync(world.A);
        await world.ListAsync(world.B);
        return world;
    }

    public static async Task FeeAsync(Shop shop, int basisPoints)
    {
        var policies = shop.Commerce.Get<IFeePolicies>();
        var policy = await policies.CurrentAsync(shop.Scope) with { Rules = [new FeeRule { Id = "commission", Share = ShareKind.Platform, BasisPoints = basisPoints }] };
        Assert.True((await policies.SaveAsync(shop.Scope, policy, "ann")).Succeeded);
    }

    public static ResaleDraft Draft(string sku = "card") => new() { SkuId = sku, FloorMinor = 800, SuggestedMinor = 1000, CostMinor = Cost, Supplier = "Card mall" };

    public async Task<ResaleOffer> OfferAsync(Func<ResaleDraft, ResaleDraft>? change = null)
    {
        var saved = await Offers.SaveAsync(supplier.Scope, change?.Invoke(Draft()) ?? Draft(), "uma");
        Assert.True(saved.Succeeded, saved.Error?.Message);
        return saved.Value;
    }

    public async Task<ResaleOffer> TheOfferAsync() => Assert.Single(await Offers.ListAsync(supplier.Scope));

    /// <summary>Lists the offer in a shop and publishes it there as <c>resold</c> would be by the module.</summary>
    public async Task<ResaleListing> ListAsync(Shop shop, long price = 1000)
    {
        var listed = await Listings.AddAsync(shop.Scope, new ListingDraft(supplier.Scope.Tenant, (await TheOfferAsync()).Id, price), "sam");
        Assert.True(listed.Succeeded, listed.Error?.Message);
        await PublishAsync(shop, listed.Value, price);
        return (await Listings.ListAsync(shop.Scope)).Single(l => l.Id == listed.Value.Id);
    }

    public static Offer Resold(ResaleListing listing, long price) => new()
    {
        SkuId = listing.SkuId, ProductId = "p-" + listing.SkuId, Title = "Card, resold", Price = new Money(price, "CNY"), Delivery = DeliveryKind.Supplied,
        Supply = new SupplyReference(listing.Upstream, listing.Terms!.Id, listing.Id),
    };

    public static Task PublishAsync(Shop shop, ResaleListing listing, long price) => shop.OfferAsync(Resold(listing, price));

    public async Task<OrderRequest> RequestAsync(Shop shop, int quantity = 1, string contact = "buyer@example.com") =>
        Shop.Request(Assert.Single(await Listings.ListAsync(shop.Scope)).SkuId, quantity, contact);

    public async Task<OrderReceipt> OrderAsync(Shop shop, int quantity = 1, string contact = "buyer@example.com") => await shop.OrderAsync(await RequestAsync(shop, quantity, contact));

    public async Task<OrderReceipt> PaidAsync(Shop shop, int quantity = 1, string contact = "buyer@example.com") => await shop.PaidOrderAsync(await RequestAsync(shop, quantity, contact));

    /// <summary>The supplier's order that a shop's stands on.</summary>
    public async Task<OrderDetail> SupplyAsync(Shop shop, OrderReceipt order)
    {
        var view = Assert.Single(await Listings.SuppliesAsync(shop.Scope, order.OrderId));
        var found = Assert.Single((await supplier.Desk.SearchAsync(supplier.Scope, new OrderSearch { Number = view.Number })).Orders);
        return (await supplier.Desk.DetailAsync(supplier.Scope, found.OrderId))!;
    }

    public async Task<long> BalanceAsync(Shop shop, LedgerPurpose purpose, string owner = "") =>
        (await supplier.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, new LedgerAccount(owner, purpose), "CNY")).Balance.Minor;

    /// <summary>Verify finds nothing, and what each shop owes is what the supplier is owed.</summary>
    public async Task SoundAsync()
    {
        await supplier.AssertSoundAsync();
        foreach (var shop in (Shop[])[A, B])
            Assert.Equal(await BalanceAsync(shop, LedgerPurpose.SupplyPayable, supplier.Scope.Tenant), -await BalanceAsync(supplier, LedgerPurpose.SupplyReceivable, shop.Scope.Tenant));
    }

    public ValueTask DisposeAsync() => supplier.DisposeAsync();
}
