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
