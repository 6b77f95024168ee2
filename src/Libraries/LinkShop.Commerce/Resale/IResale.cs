namespace LinkShop.Commerce.Resale;

/// <summary>What a supplier does: offers own variants to shops. Callers have checked the permission.</summary>
public interface IResaleOffers
{
    /// <summary>The tenant's offers for resale, by title.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ResaleOffer>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>The supplier's variants on sale that can be offered, also those that are already, by title.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Offers.Offer>> CandidatesAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Offers a variant, changes its terms, or offers a stopped one again. A change of terms reaches each shop's next order and, as an event, its staff.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="draft">The terms.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The offer, or errors that name the draft's fields; <c>not_resellable</c> when the variant is resold itself or needs somebody to deliver it; <c>supply_off</c> when the shop's plan doesn't include it.</returns>
    Task<CommerceResult<ResaleOffer>> SaveAsync(TenantScope scope, ResaleDraft draft, string actor, CancellationToken cancellationToken = default);

    /// <summary>Ends reselling at once: the next order of every shop is refused. Unpaid orders keep what they reserved.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="id">The offer.</param>
    /// <param name="note">Why; shops see it. At most 500 characters.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ResaleOffer>> StopAsync(TenantScope scope, string id, string note, string actor, CancellationToken cancellationToken = default);

    /// <summary>The shops that resell, with what they sold.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="offerId">One offer, or null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ResaleOutlet>> OutletsAsync(TenantScope scope, string? offerId = null, CancellationToken cancellationToken = default);
}

/// <summary>Something of a supplier that a shop may list.</summary>
/// <param name="Upstream">Tenant name of the supplier.</param>
/// <param name="Offer">The terms.</param>
/// <param name="Listed">Whether this shop has published it; a listing whose product was refused (a plan's limit) can be tried again.</param>
public sealed record ResaleChoice(string Upstream, ResaleOffer Offer, bool Listed);

/// <summary>Something that a shop wants to list.</summary>
/// <param name="Upstream">Tenant name of the supplier.</param>
/// <param name="OfferId">The offer.</param>
/// <param name="PriceMinor">The shop's price.</param>
public sealed record ListingDraft(string Upstream, string OfferId, long PriceMinor);

/// <summary>A shop's listing of another's goods.</summary>
/// <param name="Id">Id, unique in the shop.</param>
/// <param name="Upstream">Tenant name of the supplier.</param>
/// <param name="SkuId">The shop's own variant.</param>
/// <param name="ProductId">The product it belongs to; null before it was published.</param>
/// <param name="Title">The shop's own title; the supplier's before it was published.</param>
/// <param name="Price">The shop's price; null before it was published.</param>
/// <param name="Terms">The supplier's present terms; null when there is no such offer any more.</param>
/// <param name="AcceptedVersion">The version of the terms that the shop agreed to last.</param>
/// <param name="Available">How many can be sold now; null when without limit, 0 also when it can't be sold under the present terms.</param>
/// <param name="Problem">Why it can't be sold, or null.</param>
public sealed record ResaleListing(
    string Id, string Upstream, string SkuId, string? ProductId, string Title, Money? Price, ResaleOffer? Terms, int AcceptedVersion, int? Available, ResaleProblem? Problem)
{
    /// <summary>What the shop's offer keeps of its product; <c>{}</c> before it was published.</summary>
    public string SnapshotJson { get; init; } = "{}";

    /// <summary>What is left of the price after the supplier's cost, before fees; null while there is no price or no offer.</summary>
    public Money? Margin => Price is { } price && Terms is { } terms && price.Currency == terms.Floor.Currency ? price - terms.CostAt(price) : null;
}

/// <summary>Why a listing can't be sold.</summary>
public enum ResaleProblem
{
    /// <summary>The supplier stopped it, took it off sale, or doesn't offer it to this shop any more.</summary>
    Stopped,
    /// <summary>The shop's price is below the supplier's floor.</summary>
    BelowFloor,
    /// <summary>The shop's price doesn't cover the supplier's cost and the platform's share.</summary>
    BelowCost,
    /// <summary>The product isn't published (any more), or its currency isn't the supplier's.</summary>
    NotPublished,
}

/// <summary>What a shop does with goods of others. Callers have checked the permission.</summary>
public interface IResaleListings
{
    /// <summary>What the shop may list, by title.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="search">A part of title or supplier, or null.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ResaleChoice>> SearchAsync(TenantScope scope, string? search, int take = 50, CancellationToken cancellationToken = default);

    /// <summary>One thing that the shop may list; null when it may not.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="upstream">Tenant name of the supplier.</param>
    /// <param name="offerId">The offer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ResaleChoice?> FindAsync(TenantScope scope, string upstream, string offerId, CancellationToken cancellationToken = default);

    /// <summary>Lists an offer: makes the variant's id, which the shop's product then uses. Doing it twice gives the same listing.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="draft">What, and at which price.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The listing, or <c>not_found</c>, <c>below_floor</c>, <c>below_cost</c>.</returns>
    Task<CommerceResult<ResaleListing>> AddAsync(TenantScope scope, ListingDraft draft, string actor, CancellationToken cancellationToken = default);

    /// <summary>The shop's listings with their present terms, newest first.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ResaleListing>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Notes that the shop has seen the present terms.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="id">The listing.</param>
    /// <param name="version">The version that was shown.</param>
    /// <param name="actor">User name of the one who has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<bool> AcceptAsync(TenantScope scope, string id, int version, string actor, CancellationToken cancellationToken = default);

    /// <summary>On which orders at suppliers an order of this shop stands, for asking a supplier about it.</summary>
    /// <param name="scope">The shop.</param>
    /// <param name="orderId">The shop's order.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<SupplyView>> SuppliesAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);
}

/// <summary>The order at a supplier that a line stands on.</summary>
/// <param name="Line">Line of the shop's order.</param>
/// <param name="Supplier">The supplier's name, as it calls itself.</param>
/// <param name="Number">Number of the supplier's order.</param>
/// <param name="Cost">What the shop pays for the line.</param>
/// <param name="Refunds">Who bears refunds.</param>
public sealed record SupplyView(int Line, string Supplier, string Number, Money Cost, ResaleRefunds Refunds);
