using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Resale;

/// <summary>An offer for resale joined with the variant it is about, as one shop sees it.</summary>
internal class ResaleTerms
{
    public string Id { get; init; } = "";
    public string SkuId { get; init; } = "";
    public string Title { get; init; } = "";
    public string Variant { get; init; } = "";
    public string Supplier { get; init; } = "";
    public string Currency { get; init; } = "";
    public long FloorPrice { get; init; }
    public long SuggestedPrice { get; init; }
    public long? Cost { get; init; }
    public int? Rate { get; init; }
    public ResaleRefunds Refunds { get; init; }
    public ResaleAudience Audience { get; init; }
    public ResaleState State { get; init; }
    public int Version { get; init; }
    public string Note { get; init; } = "";
    public long SkuVersion { get; init; }
    public bool OnSale { get; init; }

    /// <summary>Whether the supplier supplies at present, and the shop is among those that may.</summary>
    public bool Open { get; init; }

    public const string Columns = """
        r.id, r.sku_id, r.title, r.variant, r.supplier, r.currency, r.floor_price, r.suggested_price, r.cost, r.rate, r.refunds, r.audience, r.state, r.version, r.note
        """;

    private const string Select = $"""
        select {Columns}, o.version as sku_version, o.on_sale,
          (r.audience = 'Everybody' or exists (select 1 from resale_audience a where a.tenant = @tenant and a.offer_id = r.id and a.shop = @shop))
            and not exists (select 1 from resale_halt h where h.tenant = @tenant) as open
        from resale_offer r join offers o on o.tenant = r.tenant and o.sku_id = r.sku_id where r.tenant = @tenant and
        """;

    private const string One = Select + " r.id = @id";

    // the terms stay as they are until the order that was made by them is there
    private const string OneKept = One + " for share of r";

    private const string ManySqlite = Select + " r.id in (select value from json_each(@ids))";

    private const string ManyPostgres = Select + " r.id = any(@ids)";

    /// <summary>Reads the terms in the supplier's scope; null too when the operator has stopped the supplier.</summary>
    /// <param name="places">Who is stopped.</param>
    /// <param name="supplier">The supplier's scope.</param>
    /// <param name="shop">Who asks.</param>
    /// <param name="id">The offer.</param>
    /// <param name="keep">Whether they must not change before this write is done.</param>
    public static Task<ResaleTerms?> FindAsync(ICommercePlacement places, ICommerceConnection supplier, string shop, string id, bool keep) =>
        places.PlaceOf(supplier.Tenant!).IsStopped ? Task.FromResult<ResaleTerms?>(null) : supplier.QuerySingleOrDefaultAsync<ResaleTerms>(keep && supplier.Dialect == CommerceDialect.Postgres ? OneKept : One, new { id, shop });

    /// <summary>The same of several offers.</summary>
    /// <param name="places">Who is stopped.</param>
    /// <param name="supplier">The supplier's scope.</param>
    /// <param name="shop">Who asks.</param>
    /// <param name="ids">The offers.</param>
    public static Task<IReadOnlyList<ResaleTerms>> ReadAsync(ICommercePlacement places, ICommerceConnection supplier, string shop, IReadOnlyList<string> ids) =>
        places.PlaceOf(supplier.Tenant!).IsStopped ? Task.FromResult<IReadOnlyList<ResaleTerms>>([]) : supplier.QueryAsync<ResaleTerms>(supplier.Dialect == CommerceDialect.Postgres ? ManyPostgres : ManySqlite, new { ids, shop });

    /// <summary>What is delivered by itself and asks the buyer nothing; what a supplier has from others isn't its to offer.</summary>
    public static bool IsResellable(Offer offer) => offer.Supply is null && offer.Delivery is DeliveryKind.CardKey or DeliveryKind.ReusableKey or DeliveryKind.Text && offer.Fields.Count == 0;

    public long CostAt(long price) => View().CostAt(new Money(price, Currency)).Minor;

    /// <summary>Why the shop can't sell one at this price, whatever its own fees; null when it can.</summary>
    public ResaleProblem? ProblemAt(Money price, Offer sold)
    {
        if (State != ResaleState.Offered || !Open || !OnSale || !IsResellable(sold) || sold.Price.Currency != Currency)
            return ResaleProblem.Stopped;
        if (price.Currency != Currency)
            return ResaleProblem.NotPublished;
        if (price.Minor < FloorPrice)
            return ResaleProblem.BelowFloor;
        return CostAt(price.Minor) is var cost && cost > 0 && cost <= price.Minor ? null : ResaleProblem.BelowCost;
    }

    public ResaleOffer View(IReadOnlyList<string>? shops = null) => new(
        Id, SkuId, Title, Variant, Supplier, new Money(FloorPrice, Currency), new Money(SuggestedPrice, Currency), Cost is { } cost ? new Money(cost, Currency) : null, Rate, Refunds, Audience,
        shops ?? [], State, Version, Note);
}
