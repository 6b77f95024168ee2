namespace LinkShop.Commerce.Offers;

/// <summary>The offers of each tenant as ordering sees them. The product module writes them when a product is published.</summary>
public interface IOfferCatalog
{
    /// <summary>Makes the given offers all the offers of a product: new ones are added, changed ones get a new version, missing ones go off sale.
    /// A variant's id that another product no longer sells is taken over, unless it is offered to shops; orders keep what they were made of.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="productId">The product; each offer must name it.</param>
    /// <param name="offers">All variants; empty takes the product off sale.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The stored offers, or errors with fields like <c>offers[0].price</c>; nothing is stored then.</returns>
    Task<CommerceResult<IReadOnlyList<Offer>>> UpsertProductAsync(TenantScope scope, string productId, IReadOnlyList<Offer> offers, CancellationToken cancellationToken = default);

    /// <summary>What would keep these offers from being stored by <see cref="UpsertProductAsync"/>, so that an editor can say it first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="productId">The product; each offer must name it.</param>
    /// <param name="offers">All variants.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Errors with fields like <c>offers[0].price</c>; empty when nothing does.</returns>
    Task<IReadOnlyList<CommerceError>> CheckAsync(TenantScope scope, string productId, IReadOnlyList<Offer> offers, CancellationToken cancellationToken = default);

    /// <summary>One offer, on sale or not; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="skuId">Id of the variant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Offer?> GetAsync(TenantScope scope, string skuId, CancellationToken cancellationToken = default);

    /// <summary>The offers of a product, on sale or not, in the order they were given.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="productId">The product.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Offer>> GetProductAsync(TenantScope scope, string productId, CancellationToken cancellationToken = default);

    /// <summary>What is on sale, product by product.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="take">At most so many, up to 1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Offer>> OnSaleAsync(TenantScope scope, int take, CancellationToken cancellationToken = default);

    /// <summary>What can be sold now, for many variants in one query; for display, ordering checks again.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="skuIds">Ids of variants; unknown ones are left out of the answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Units by variant; null means without limit.</returns>
    Task<IReadOnlyDictionary<string, int?>> GetAvailableAsync(TenantScope scope, IReadOnlyCollection<string> skuIds, CancellationToken cancellationToken = default);

    /// <summary>The text that buyers of a text offer get, in plain; null when there is none. For the merchant's screens only.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="skuId">Id of the variant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<string?> GetDeliveryTextAsync(TenantScope scope, string skuId, CancellationToken cancellationToken = default);
}
