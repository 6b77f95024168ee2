namespace LinkShop.Commerce.Coupons;

/// <summary>The merchant's coupons. Orders use them by code through <see cref="Ordering.IOrdering"/>.</summary>
public interface ICoupons
{
    /// <summary>Adds a coupon or changes the one with its code. Uses are kept.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="coupon">The coupon; <see cref="Coupon.Used"/> is ignored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The stored coupon, or field-named errors.</returns>
    Task<CommerceResult<Coupon>> SaveAsync(TenantScope scope, Coupon coupon, CancellationToken cancellationToken = default);

    /// <summary>Adds a coupon under a code that none has yet.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="coupon">The coupon.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The stored coupon, or field-named errors; <c>conflict</c> for <c>code</c> when there is one, which stays as it is.</returns>
    Task<CommerceResult<Coupon>> AddAsync(TenantScope scope, Coupon coupon, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes what may change of a coupon that is in use: time, limits, minimum, what it applies to, whether it is on. It holds from the next order on; orders that have it keep what they were sold at.
    /// How much it takes off is what its code promises, and stays.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="coupon">The coupon as it shall be, with the <see cref="Coupon.Version"/> that was seen.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The stored coupon, or field-named errors; <c>not_found</c>; <c>conflict</c> when somebody else has changed it meanwhile; <c>coupon_fixed</c> for what can't change; <c>below_uses</c> for fewer
    /// uses than it has already.</returns>
    Task<CommerceResult<Coupon>> ChangeAsync(TenantScope scope, Coupon coupon, CancellationToken cancellationToken = default);

    /// <summary>Adds or changes several, all or none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="coupons">The coupons.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The stored coupons, or errors with fields like <c>[2].code</c>; nothing is stored then.</returns>
    Task<CommerceResult<IReadOnlyList<Coupon>>> SaveAllAsync(TenantScope scope, IReadOnlyList<Coupon> coupons, CancellationToken cancellationToken = default);

    /// <summary>A coupon by code; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="code">The code, any case.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Coupon?> GetAsync(TenantScope scope, string code, CancellationToken cancellationToken = default);

    /// <summary>Coupons by code.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="afterCode">Last code of the page before, or null.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Coupon>> ListAsync(TenantScope scope, string? afterCode = null, int take = 100, CancellationToken cancellationToken = default);
}
