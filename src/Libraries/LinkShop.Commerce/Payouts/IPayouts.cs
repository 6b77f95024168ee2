using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Payouts;

/// <summary>
/// Pays out what accounts of the books have. The amount is held from the request until it is known what came of it. Who may call what is the caller's to check; that no
/// one person does it alone is checked here.
/// </summary>
public interface IPayouts
{
    /// <summary>Asks for a payout and holds its amount. The same request again is the same payout.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The payout; or everything that is missing at once (<see cref="PayoutErrors"/>, <see cref="CommerceErrors.InsufficientFunds"/>,
    /// <see cref="CommerceErrors.ProviderNotUsable"/>), and then nothing is held; or <see cref="CommerceErrors.IdempotencyMismatch"/>.</returns>
    Task<CommerceResult<Payout>> RequestAsync(TenantScope scope, PayoutRequest request, CancellationToken cancellationToken = default);

    /// <summary>Approves a payout: at once, or as the first or second of two.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="payoutId">The payout.</param>
    /// <param name="actor">Who: not the owner, not who asked for it, and not who approved it before.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The payout; or <see cref="PayoutErrors.OwnerOwes"/> (the sweep calls it off, and its money pays the debt), <see cref="PayoutErrors.OwnerStopped"/> (it waits until the promoter is on again).</returns>
    Task<CommerceResult<Payout>> ApproveAsync(TenantScope scope, string payoutId, string actor, CancellationToken cancellationToken = default);

    /// <summary>Refuses a payout that wasn't sent yet and gives the money back.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="payoutId">The payout.</param>
    /// <param name="actor">Who.</param>
    /// <param name="note">Why; the owner reads it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<Payout>> RejectAsync(TenantScope scope, string payoutId, string actor, string note, CancellationToken cancellationToken = default);

    /// <summary>Calls a payout off that nobody has approved yet and gives the money back.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="payoutId">The payout.</param>
    /// <param name="actor">The owner, or who asked for it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<Payout>> CancelAsync(TenantScope scope, string payoutId, string actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives an approved payout to its provider; one that is being sent already is asked for again with the same key, so that it is paid once however often this is called.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="payoutId">The payout.</param>
    /// <param name="cancellationToken">Cancels; the payout may be left <see cref="PayoutState.Sending"/>.</param>
    /// <returns>The payout as it is then: paid, failed, or still being sent when the provider doesn't know yet or nobody knows; or, when it wasn't sent before, why it can't be as of <see cref="ApproveAsync"/>.</returns>
    Task<CommerceResult<Payout>> SendAsync(TenantScope scope, string payoutId, CancellationToken cancellationToken = default);

    /// <summary>Tells that a payout was paid that is done by hand, or whose provider can't be asked any more.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="payoutId">The payout.</param>
    /// <param name="reference">The bank's id of it.</param>
    /// <param name="actor">Who: not the owner and not who asked for it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<Payout>> ConfirmPaidAsync(TenantScope scope, string payoutId, string reference, string actor, CancellationToken cancellationToken = default);

    /// <summary>Tells that a payout could not be paid that is done by hand, or whose provider can't be asked any more, and gives the money back.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="payoutId">The payout.</param>
    /// <param name="note">Why; the owner reads it.</param>
    /// <param name="actor">Who: not the owner and not who asked for it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<Payout>> ConfirmFailedAsync(TenantScope scope, string payoutId, string note, string actor, CancellationToken cancellationToken = default);

    /// <summary>A payout; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="payoutId">The payout.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Payout?> GetAsync(TenantScope scope, string payoutId, CancellationToken cancellationToken = default);

    /// <summary>Payouts, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<PayoutPage> ListAsync(TenantScope scope, PayoutFilter filter, CancellationToken cancellationToken = default);
}

/// <summary>What is asked for.</summary>
public sealed record PayoutRequest
{
    /// <summary>Made by the client, 8 to 64 letters, digits, dashes or underscores: makes the request idempotent.</summary>
    public required string Id { get; init; }

    /// <summary>Whose money: a user id; empty for the shop of the house.</summary>
    public required string Owner { get; init; }

    /// <summary><see cref="LedgerPurpose.MerchantAvailable"/> or <see cref="LedgerPurpose.PromoterAvailable"/>.</summary>
    public required LedgerPurpose Purpose { get; init; }

    /// <summary>What the account gives; the fee is taken out of it.</summary>
    public required Money Amount { get; init; }

    /// <summary>Who asks: the owner, or staff for them.</summary>
    public required string Actor { get; init; }
}

/// <summary>Which payouts to list.</summary>
public sealed record PayoutFilter
{
    /// <summary>Only this owner's; null for everybody's.</summary>
    public string? Owner { get; init; }

    /// <summary>Only of this account; null for any.</summary>
    public LedgerPurpose? Purpose { get; init; }

    /// <summary>Only in this state; null for any.</summary>
    public PayoutState? State { get; init; }

    /// <summary><see cref="PayoutPage.Next"/> of the page before; null for the first.</summary>
    public string? After { get; init; }

    /// <summary>At most how many, up to 200.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>A page of payouts.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record PayoutPage(IReadOnlyList<Payout> Items, string? Next);
