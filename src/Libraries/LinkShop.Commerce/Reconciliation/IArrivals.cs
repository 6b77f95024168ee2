namespace LinkShop.Commerce.Reconciliation;

/// <summary>What payment providers pay out to the platform's bank: without it the books would say forever that providers hold everything that ever came in.</summary>
public interface IArrivals
{
    /// <summary>Records that money of a provider has arrived. The bank's reference makes it once: the same again is the same arrival.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="draft">What the bank says.</param>
    /// <param name="actor">Who records it, 1 to 128 characters.</param>
    /// <param name="cancellationToken">Cancels before the transaction began.</param>
    /// <returns>
    /// The arrival; or <c>required</c>, <c>too_long</c> or <c>invalid</c> with the field; <c>not_found</c> with <c>provider</c> when the books have nothing of it in this currency; or
    /// <c>conflict</c> with <c>reference</c> when the provider has one with this reference and another amount or day; or <c>more_than_held</c> with <c>amount</c> when the provider holds less by the books.
    /// </returns>
    Task<CommerceResult<ArrivalView>> RecordAsync(TenantScope scope, ArrivalDraft draft, string actor, CancellationToken cancellationToken = default);

    /// <summary>Takes an arrival back that was recorded by mistake: it is moved the other way. Twice has one effect; its reference can be used again.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The arrival.</param>
    /// <param name="actor">Who takes it back, 1 to 128 characters.</param>
    /// <param name="cancellationToken">Cancels before the transaction began.</param>
    /// <returns>The arrival, or <c>not_found</c>.</returns>
    Task<CommerceResult<ArrivalView>> TakeBackAsync(TenantScope scope, string id, string actor, CancellationToken cancellationToken = default);

    /// <summary>The arrivals, the one that was recorded last first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="after">Id of the last one of the page before, or null for the first page.</param>
    /// <param name="take">At most so many, up to 200.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ArrivalView>> ListAsync(TenantScope scope, string? after = null, int take = 50, CancellationToken cancellationToken = default);

    /// <summary>What each provider, and the bank, holds by the books.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Holding>> HoldingsAsync(TenantScope scope, CancellationToken cancellationToken = default);
}

/// <summary>Money of a provider that arrived at the bank.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Amount">How much, above zero.</param>
/// <param name="Day">On which day, by the bank; not after tomorrow.</param>
/// <param name="Reference">The bank's reference, 1 to 100 characters; of one provider each only once.</param>
/// <param name="MoreThanHeld">It is right although the provider holds less by the books: a payment that they don't have is in it, or a fee was none.</param>
public sealed record ArrivalDraft(string Provider, Money Amount, DateOnly Day, string Reference, bool MoreThanHeld = false);

/// <summary>An arrival as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Amount">How much.</param>
/// <param name="Day">On which day, by the bank.</param>
/// <param name="Reference">The bank's reference.</param>
/// <param name="CreatedBy">Who recorded it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="TakenBackBy">Who took it back, or null.</param>
/// <param name="TakenBackAt">When, or null.</param>
public sealed record ArrivalView(string Id, string Provider, Money Amount, DateOnly Day, string Reference, string CreatedBy, DateTimeOffset CreatedAt, string? TakenBackBy, DateTimeOffset? TakenBackAt);

/// <summary>What somebody holds for the tenant by the books; below zero when more left than came.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Amount">How much.</param>
/// <param name="IsBank">Whether it is the platform's own bank account, where providers pay out to and which pays by hand.</param>
public sealed record Holding(string Provider, Money Amount, bool IsBank);
