using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;

namespace LinkShop.Simulation;

/// <summary>Goods of the mall that the stall sells on at <see cref="Price"/>.</summary>
internal sealed record ResoldGood(string Sku, bool Keeps)
{
    public const long Price = 1_009;

    /// <summary>Of the first two there are plenty, the last is often sold out and recalled.</summary>
    public static readonly ResoldGood[] All = [new("gift", false), new("final", true), new("few", false)];
}

internal sealed partial class Mall
{
    /// <summary>The stall's variant of each resold good.</summary>
    public Dictionary<string, string> Listed { get; } = [];

    /// <summary>Where the keys of each are.</summary>
    public Dictionary<string, long> Pools { get; } = [];

    /// <summary>The offer for resale of each.</summary>
    public Dictionary<string, string> ResaleOffers { get; } = [];

    public async Task<KeyImportReport> ImportAsync(string sku, string text)
    {
        using var keys = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await Get<IKeyImporter>().ImportAsync(Scope, Pools[sku], keys, KeyFileFormat.Text, "simulation");
    }

    public Task<CommerceResult<ResaleOffer>> OfferAsync(ResoldGood good, long cost) => Get<IResaleOffers>().SaveAsync(Scope, new ResaleDraft
    {
        SkuId = good.Sku, FloorMinor = 900, SuggestedMinor = 1_000, CostMinor = cost, Refunds = good.Keeps ? ResaleRefunds.ResellerPays : ResaleRefunds.SupplierPays, Supplier = "Mall",
    }, "simulation");

    private async Task OpenStallAsync()
    {
        foreach (var good in ResoldGood.All)
        {
            Pools[good.Sku] = (await Get<IKeyPools>().CreateAsync(Scope, new KeyPoolSettings(good.Sku, KeyPickOrder.Oldest, 0))).Id;
            Publish(await Get<IOfferCatalog>().UpsertProductAsync(Scope, "p-" + good.Sku,
                [new Offer { SkuId = good.Sku, ProductId = "p-" + good.Sku, Title = good.Sku, Merchant = "ann", Price = new Money(1_500, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = Pools[good.Sku] }]));
            var offer = (await OfferAsync(good, 600)).Value;
            ResaleOffers[good.Sku] = offer.Id;
            var listing = (await Get<IResaleListings>().AddAsync(Stall, new ListingDraft(Scope.Tenant, offer.Id, ResoldGood.Price), "sam")).Value;
            Listed[good.Sku] = listing.SkuId;
            Publish(await Get<IOfferCatalog>().UpsertProductAsync(Stall, "p-" + listing.SkuId,
            [
                new Offer
                {
                    SkuId = listing.SkuId, ProductId = "p-" + listing.SkuId, Title = good.Sku, Merchant = "sam", Price = new Money(ResoldGood.Price, "CNY"), Delivery = DeliveryKind.Supplied,
                    Supply = new SupplyReference(listing.Upstream, offer.Id, listing.Id),
                },
            ]));
        }

        var saved = await Get<IFeePolicies>().SaveAsync(Stall, new FeePolicy
        {
            DefaultDays = ModelRules.Days,
            Rules =
            [
                new FeeRule { Id = "commission", Share = ShareKind.Platform, BasisPoints = (int)ModelRules.ShopCommission },
                new FeeRule { Id = "cost", Share = ShareKind.PaymentCost, BasisPoints = (int)ModelRules.Cost, FixedMinor = ModelRules.CostFixed, Currency = "CNY" },
            ],
        }, "simulation");
        if (saved.Error is { } refused)
            throw new InvalidOperationException(refused.Message);

        static void Publish<T>(CommerceResult<T> published)
        {
            if (published.Error is { } error)
                throw new InvalidOperationException(error.Message);
        }
    }
}
