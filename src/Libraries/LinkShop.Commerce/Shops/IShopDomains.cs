namespace LinkShop.Commerce.Shops;

/// <summary>Domains of micro-shops' own. The tenant of each call is the platform's. A change that the shop has to know is told by <see cref="ShopEvents.Changed"/>.</summary>
public interface IShopDomains
{
    /// <summary>A shop wants a domain. Wanting it twice is wanting it once.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="domain">The host name, as <see cref="DomainNames.Read"/> gives it.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="most">How many the shop may have, for example by its plan; never more than <see cref="DomainNames.MostPerShop"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopDomain>> AddAsync(
        TenantScope platform, string shop, string domain, string actor, int most = DomainNames.MostPerShop, CancellationToken cancellationToken = default);

    /// <summary>A shop gives a domain up.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="domain">The host name.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(TenantScope platform, string shop, string domain, string actor, CancellationToken cancellationToken = default);

    /// <summary>All of a shop's domains, in the order of their names.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ShopDomain>> OfAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>One domain of a shop; null when there is none.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="domain">The host name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopDomain?> FindAsync(TenantScope platform, string shop, string domain, CancellationToken cancellationToken = default);

    /// <summary>Domains whose turn it is to be looked at, the longest due first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ShopDomain>> DueAsync(TenantScope platform, int take, CancellationToken cancellationToken = default);

    /// <summary>Writes down what a look found, with what follows from it (<see cref="ShopDomainRules"/>). Of several shops that prove one domain the first has it.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="looked">The domain that was looked at: what was found is for its token.</param>
    /// <param name="proof">What was found.</param>
    /// <param name="actor">Who asked, or null for the platform itself.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The domain as it is now; an error when it isn't there any more.</returns>
    Task<CommerceResult<ShopDomain>> RecordAsync(TenantScope platform, ShopDomain looked, DomainProof proof, string? actor = null, CancellationToken cancellationToken = default);
}
