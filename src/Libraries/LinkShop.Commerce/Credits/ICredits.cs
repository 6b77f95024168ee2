namespace LinkShop.Commerce.Credits;

/// <summary>
/// What buyers have with the mall: a balance and points. It comes from grants and from refunds of what was paid with it, never from money that a buyer pays in: selling stored value
/// is a business that needs a licence.
/// </summary>
public interface ICredits
{
    /// <summary>Gives a user credit out of the platform's revenue.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="grant">What, to whom, why, by whom.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The grant, also when it was made before; or <c>required</c>, <c>invalid</c>, <c>too_long</c> with the field, or <c>conflict</c> (the id is another grant's).</returns>
    Task<CommerceResult<CreditGrantView>> GrantAsync(TenantScope scope, CreditGrant grant, CancellationToken cancellationToken = default);

    /// <summary>Takes back what is left of a grant. What was given first counts as spent first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="takeBack">Which grant, why, by whom.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>How much, also when it was done before; or <c>not_found</c>, <c>required</c>, <c>too_long</c>, <c>insufficient_funds</c> (nothing is left) or <c>conflict</c> (the id is another's).</returns>
    Task<CommerceResult<Money>> TakeBackAsync(TenantScope scope, CreditTakeBack takeBack, CancellationToken cancellationToken = default);

    /// <summary>What a user can pay with now.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One for each kind and currency that isn't zero.</returns>
    Task<IReadOnlyList<CreditStanding>> StandingsAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default);

    /// <summary>A user's grants, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CreditGrantView>> GrantsAsync(TenantScope scope, string userId, int take = 100, CancellationToken cancellationToken = default);

    /// <summary>What came and went, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="take">At most how many of each account, up to 100,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CreditMovement>> MovementsAsync(TenantScope scope, string userId, int take = 100, CancellationToken cancellationToken = default);
}

/// <summary>Paying an order with what its buyer has.</summary>
public interface ICreditPayments
{
    /// <summary>The ways in which a user can pay an order now.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="userId">The signed-in user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that cover it; none when the order isn't this user's or doesn't wait for its payment.</returns>
    Task<IReadOnlyList<CreditStanding>> OffersAsync(TenantScope scope, string orderId, string userId, CancellationToken cancellationToken = default);

    /// <summary>Pays an order and delivers it, in one transaction: all of it or nothing. Done again it is the same payment.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="userId">The signed-in user, who must be the order's buyer.</param>
    /// <param name="kind">With what.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The order's state; or <c>not_found</c>, <c>illegal_transition</c> (it doesn't wait for a payment), <c>insufficient_funds</c> or <c>sold_out</c>: then nothing changed.</returns>
    Task<CommerceResult<Ordering.OrderState>> PayAsync(TenantScope scope, string orderId, string userId, CreditKind kind, CancellationToken cancellationToken = default);
}
