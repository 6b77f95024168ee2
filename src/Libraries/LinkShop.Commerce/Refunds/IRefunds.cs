using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Refunds;

/// <summary>Why money goes back.</summary>
public enum RefundReason
{
    /// <summary>The goods aren't what was described.</summary>
    NotAsDescribed,
    /// <summary>A key doesn't work.</summary>
    KeyInvalid,
    /// <summary>It didn't come.</summary>
    NotDelivered,
    /// <summary>The buyer didn't mean to buy it.</summary>
    BoughtByMistake,
    /// <summary>Nobody has to, but wants to.</summary>
    Goodwill,
    /// <summary>See the text.</summary>
    Other,
}

/// <summary>Who bears a refund.</summary>
public enum RefundPayer
{
    /// <summary>Everybody who earned by the line gives back their part of it.</summary>
    Merchant,
    /// <summary>The platform; the shares stay.</summary>
    Platform,
}

/// <summary>How far a refund is. Requested → Escalated | Approved | Declined; Escalated → Approved | Declined.</summary>
public enum RefundState
{
    /// <summary>The buyer asks; the merchant has until <see cref="RefundView.AnswerDue"/>.</summary>
    Requested,
    /// <summary>The merchant didn't answer in time or left it to the platform, or the buyer asked the platform after the merchant declined: the platform's staff decide.</summary>
    Escalated,
    /// <summary>Decided: the money is on its way, or there already.</summary>
    Approved,
    /// <summary>Refused, or taken back by the buyer: <see cref="RefundView.Withdrawn"/>.</summary>
    Declined,
}

/// <summary>An amount of a line.</summary>
/// <param name="Line">Number of the line.</param>
/// <param name="Minor">Minor units of the order's currency, above zero.</param>
public sealed record RefundLine(int Line, long Minor);

/// <summary>A refund of some lines.</summary>
public sealed record RefundDraft
{
    /// <summary>Made by the caller: sent again it is the same refund. 1 to 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>How much of which lines.</summary>
    public required IReadOnlyList<RefundLine> Lines { get; init; }

    /// <summary>Why.</summary>
    public required RefundReason Reason { get; init; }

    /// <summary>More about it, up to 1,000 characters.</summary>
    public string Text { get; init; } = "";

    /// <summary>Who bears it.</summary>
    public RefundPayer Payer { get; init; }

    /// <summary>Whether the goods of these lines are taken back: their keys are revoked, and what has no key isn't shown any more.</summary>
    public bool RevokeKeys { get; init; }

    /// <summary>Of a buyer's request: whether it goes to the platform at once, because the shop declined one before. Once for an order.</summary>
    public bool ToPlatform { get; init; }
}

/// <summary>A refund as it is stored.</summary>
public sealed record RefundView(
    string Id, string OrderId, RefundState State, RefundPayer Payer, RefundReason Reason, string Text, Money Amount, bool RevokesKeys, string RequestedBy, DateTimeOffset? AnswerDue,
    string? DecidedBy, string? Note, DateTimeOffset CreatedAt, DateTimeOffset? DecidedAt, IReadOnlyList<RefundLine> Lines)
{
    /// <summary>What <see cref="RequestedBy"/> is when the buyer asked.</summary>
    public const string Buyer = "buyer";

    /// <summary>What the buyer had asked for, where less of it was agreed to; null otherwise.</summary>
    public Money? Asked { get; init; }

    /// <summary>Whether the buyer asked the platform, and no more the shop.</summary>
    public bool ToPlatform => RequestedBy == Buyer && AnswerDue <= CreatedAt;

    /// <summary>Whether the buyer may ask the platform now, once for an order: the shop declined, and nothing is open.</summary>
    /// <param name="all">The order's refunds.</param>
    public static bool MayAskPlatform(IReadOnlyList<RefundView> all) =>
        all.All(r => r.DecidedAt is not null && !r.ToPlatform) && all.Any(r => r is { RequestedBy: Buyer, State: RefundState.Declined, Withdrawn: false });

    /// <summary>Whether the buyer took the request back before it was answered.</summary>
    public bool Withdrawn => IsWithdrawn(State, DecidedBy, Note);

    /// <summary>Whether a request was taken back by the buyer: declined by them. Whoever else declines gives a reason.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="decidedBy">Who decided.</param>
    /// <param name="note">What they said.</param>
    public static bool IsWithdrawn(RefundState state, string? decidedBy, string? note) => state == RefundState.Declined && decidedBy == Buyer && note is null;

    /// <summary>The order's number, as people read it out.</summary>
    public string Number => OrderNumber.Of(OrderId);
}

/// <summary>How an order stands with refunds.</summary>
/// <param name="Refunds">Oldest first.</param>
/// <param name="Kept">What is still paid of each line, by its number.</param>
public sealed record RefundStanding(IReadOnlyList<RefundView> Refunds, IReadOnlyDictionary<int, Money> Kept)
{
    /// <summary>Of an order that nothing was paid for.</summary>
    public static RefundStanding None { get; } = new([], new Dictionary<int, Money>());
}

/// <summary>Refunds of delivered orders: buyers ask, merchants and staff decide. The provider then gives the money back as for every amount that is due.</summary>
public interface IRefunds
{
    /// <summary>A buyer asks. One open request per order.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="draft">What for; the payer and what happens to keys are decided later.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The request, or <c>not_found</c>, <c>invalid</c>, <c>refund_too_high</c> with <c>lines[i].minor</c>, <c>refund_open</c>, or <c>illegal_transition</c> when the platform is asked and the shop hasn't declined, or it was asked before.</returns>
    Task<CommerceResult<RefundView>> RequestAsync(TenantScope scope, RefundDraft draft, CancellationToken cancellationToken = default);

    /// <summary>The buyer takes a request back that nobody has answered; they may ask anew then.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The buyer's order.</param>
    /// <param name="id">The request.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The request; <c>not_found</c>, or <c>illegal_transition</c> when it was answered or taken back already.</returns>
    Task<CommerceResult<RefundView>> WithdrawAsync(TenantScope scope, string orderId, string id, CancellationToken cancellationToken = default);

    /// <summary>Who may answer a request leaves it to the platform, as when time is over. May be done again.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="id">The request.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The request; <c>not_found</c>, or <c>illegal_transition</c> when it was answered or taken back already.</returns>
    Task<CommerceResult<RefundView>> HandOverAsync(TenantScope scope, string orderId, string id, CancellationToken cancellationToken = default);

    /// <summary>Staff refund without being asked.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="draft">What, how, at whose expense.</param>
    /// <param name="actor">User name of who decides.</param>
    /// <param name="forPlatform">Whether the actor decides for the platform: only then can it bear the refund, and somebody come to owe by it who was paid out already.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The refund, or the errors of <see cref="RequestAsync"/>, <c>platform_decides</c>, or <c>seller_short</c> with what is missing.</returns>
    Task<CommerceResult<RefundView>> GrantAsync(TenantScope scope, RefundDraft draft, string actor, bool forPlatform, CancellationToken cancellationToken = default);

    /// <summary>Answers a request.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The request.</param>
    /// <param name="approve">Whether the money goes back.</param>
    /// <param name="payer">Who bears it.</param>
    /// <param name="revokeKeys">Whether the keys are taken back.</param>
    /// <param name="actor">User name of who decides.</param>
    /// <param name="note">What the buyer is told; needed for a refusal, and where less is agreed to.</param>
    /// <param name="forPlatform">Whether the actor decides for the platform: only then can it bear the refund, a request be answered that is overdue or was handed over, and somebody come to owe by it who was paid out already.</param>
    /// <param name="lines">What is agreed to, when it is less than was asked for: some of the request's lines, none with more than was asked; null for all of it.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The refund; <c>required</c>, <c>too_long</c> or <c>invalid</c> with the field, <c>refund_too_high</c>, <c>platform_decides</c>, <c>seller_short</c> with what is missing, or <c>illegal_transition</c> when it was answered already.</returns>
    Task<CommerceResult<RefundView>> AnswerAsync(TenantScope scope, string id, bool approve, RefundPayer payer, bool revokeKeys, string actor, string? note, bool forPlatform, IReadOnlyList<RefundLine>? lines = null, CancellationToken cancellationToken = default);

    /// <summary>What was asked for and given of an order, and what can still go back, in one read.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Nothing of an order that isn't there.</returns>
    Task<RefundStanding> StandingAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);

    /// <summary>Refunds of an order, oldest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RefundView>> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);

    /// <summary>Requests that wait for an answer, the most urgent first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RefundView>> OpenAsync(TenantScope scope, int take = 100, CancellationToken cancellationToken = default);

    /// <summary>Hands requests whose time is over to the platform's staff. Safe to run in several processes.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many.</returns>
    Task<int> EscalateAsync(CancellationToken cancellationToken = default);
}

/// <summary>Names of the outbox events of refunds; the payload is an <see cref="OrderEvent"/>.</summary>
public static class RefundEvents
{
    /// <summary>A buyer asks.</summary>
    public const string Requested = "RefundRequested";
    /// <summary>It is the platform's to decide now.</summary>
    public const string Escalated = "RefundEscalated";
    /// <summary>It was approved or declined.</summary>
    public const string Answered = "RefundAnswered";
}
