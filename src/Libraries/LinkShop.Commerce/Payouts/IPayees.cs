namespace LinkShop.Commerce.Payouts;

/// <summary>Who can be paid, and where to.</summary>
public interface IPayees
{
    /// <summary>A payee; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="owner">A user's id; empty for the shop of the house.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Payee?> GetAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default);

    /// <summary>Adds a payee or changes them. A changed identity, tax profile or destination has to be verified again.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="profile">What is to be stored.</param>
    /// <param name="actor">Who enters it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The stored payee, or field-named errors.</returns>
    Task<CommerceResult<Payee>> SaveAsync(TenantScope scope, PayeeProfile profile, string actor, CancellationToken cancellationToken = default);

    /// <summary>Vouches that the payee is who they say, and that the tax profile is theirs.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="owner">The payee.</param>
    /// <param name="version"><see cref="Payee.Version"/> that was looked at.</param>
    /// <param name="actor">Who vouches: not the payee, and not who entered any of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The payee, or <see cref="PayoutErrors.FourEyes"/>, <see cref="PayoutErrors.IdentityMissing"/>, <see cref="CommerceErrors.Conflict"/> (changed since) or
    /// <see cref="CommerceErrors.NotFound"/>.</returns>
    Task<CommerceResult<Payee>> VerifyIdentityAsync(TenantScope scope, string owner, long version, string actor, CancellationToken cancellationToken = default);

    /// <summary>Vouches that the destination is the payee's.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="owner">The payee.</param>
    /// <param name="version"><see cref="Payee.Version"/> that was looked at.</param>
    /// <param name="actor">Who vouches: not the payee, and not who entered it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The payee, or <see cref="PayoutErrors.FourEyes"/>, <see cref="PayoutErrors.DestinationMissing"/>, <see cref="CommerceErrors.Conflict"/> (changed since) or
    /// <see cref="CommerceErrors.NotFound"/>.</returns>
    Task<CommerceResult<Payee>> VerifyDestinationAsync(TenantScope scope, string owner, long version, string actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// The shop has another owner. What was entered of its payee is the former one's and is forgotten, and payouts that weren't sent yet are called off: their money is the shop's again, and what is
    /// asked for from now on goes nowhere before the new owner's account is entered and verified. Repeating it changes nothing while nothing was entered.
    /// </summary>
    /// <param name="scope">The shop.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task OwnerChangedAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>
    /// The payee's account is deleted: who they are and where they were paid to is forgotten, unless something was paid out to them: then it says whom, which books and tax want kept. Repeating it changes nothing.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="owner">A user's id.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task ForgetAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default);

    /// <summary>Payees by owner.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="unverifiedOnly">Only those that have something for staff to verify.</param>
    /// <param name="afterOwner">Last owner of the page before, or null.</param>
    /// <param name="take">At most how many, up to 200.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<PayeeSummary>> ListAsync(TenantScope scope, bool unverifiedOnly = false, string? afterOwner = null, int take = 50, CancellationToken cancellationToken = default);
}
