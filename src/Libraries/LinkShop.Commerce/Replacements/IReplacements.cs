using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Replacements;

/// <summary>Why a key is replaced.</summary>
public enum ReplacementReason
{
    /// <summary>The buyer can't use it.</summary>
    DoesntWork,
    /// <summary>Somebody else used it before.</summary>
    AlreadyUsed,
    /// <summary>It's for something else than was bought.</summary>
    WrongOne,
}

/// <summary>Which delivered key is to be replaced.</summary>
public sealed record ReplacementDraft
{
    /// <summary>Made by the caller: sent again it is the same replacement. 1 to 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Number of the line.</summary>
    public required int Line { get; init; }

    /// <summary>The key that the buyer has now: <see cref="DeliveredUnit.KeyId"/>.</summary>
    public required long KeyId { get; init; }

    /// <summary>Why.</summary>
    public required ReplacementReason Reason { get; init; }

    /// <summary>More about it, up to 1,000 characters. The key itself is masked in it.</summary>
    public string Text { get; init; } = "";
}

/// <summary>A replacement that was made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Line">Number of the line.</param>
/// <param name="Unit">Which unit of the line, from 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Text">More about it.</param>
/// <param name="Old">The key that went out of the buyer's goods, masked.</param>
/// <param name="OldDeliveredAt">When the old one was delivered.</param>
/// <param name="New">The key that came in its place, masked.</param>
/// <param name="Actor">User name of who did it.</param>
/// <param name="At">When.</param>
public sealed record ReplacementView(string Id, string OrderId, int Line, int Unit, ReplacementReason Reason, string Text, string Old, DateTimeOffset OldDeliveredAt, string New, string Actor, DateTimeOffset At);

/// <summary>One thing that was delivered, as staff may see it.</summary>
/// <param name="Line">Number of the line.</param>
/// <param name="Unit">Which of the line, from 1.</param>
/// <param name="Of">How many of the line were delivered.</param>
/// <param name="Kind">How the line is delivered.</param>
/// <param name="Masked">What it is, masked.</param>
/// <param name="At">When the buyer got it; of a replaced one, when its replacement came.</param>
/// <param name="Actor">Who delivered it by hand, or null.</param>
/// <param name="KeyId">The card key, or null when the line isn't by single keys.</param>
/// <param name="State">State of the card key, or null.</param>
/// <param name="Replaceable">Whether its key and the order's state let it be replaced.</param>
public sealed record DeliveredUnit(int Line, int Unit, int Of, DeliveryKind Kind, string Masked, DateTimeOffset At, string? Actor, long? KeyId, KeyState? State, bool Replaceable)
{
    /// <summary>Whether it was delivered by hand, here, and the order's state lets it be corrected.</summary>
    public bool Correctable { get; init; }

    /// <summary>Whether it was taken back: the buyer sees it no more.</summary>
    public bool TakenBack { get; init; }
}

/// <summary>What an order's buyer got.</summary>
/// <param name="Units">What holds now, by line and unit.</param>
/// <param name="Replacements">How some of it came there, oldest first.</param>
public sealed record OrderDeliveries(IReadOnlyList<DeliveredUnit> Units, IReadOnlyList<ReplacementView> Replacements)
{
    /// <summary>What of it was corrected, by line, oldest first.</summary>
    public IReadOnlyList<CorrectionView> Corrections { get; init; } = [];
}

/// <summary>Staff give a buyer another key in place of one that is no good. No money moves. The caller has checked the permission.</summary>
public interface IReplacements
{
    /// <summary>Takes the key out of the buyer's goods and delivers another one of the same pool, or changes nothing.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="draft">Which one and why.</param>
    /// <param name="actor">User name of who does it.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>
    /// The replacement, also when it was made before by the same id; or <c>not_found</c>, <c>invalid</c>, <c>too_long</c>, <c>conflict</c> (the id is another replacement's),
    /// <c>not_by_key</c>, <c>already_replaced</c>, <c>pool_empty</c>, or <c>illegal_transition</c> (the order is disputed, given back or not delivered, or the key was taken back).
    /// </returns>
    Task<CommerceResult<ReplacementView>> ReplaceAsync(TenantScope scope, ReplacementDraft draft, string actor, CancellationToken cancellationToken = default);

    /// <summary>What was delivered of an order, masked.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Nothing when there is no such order.</returns>
    Task<OrderDeliveries> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);
}

/// <summary>Names of the outbox events of replacements; the payload is an <see cref="OrderEvent"/>.</summary>
public static class ReplacementEvents
{
    /// <summary>A key of the order was replaced.</summary>
    public const string Replaced = "KeyReplaced";

    /// <summary>What a person had delivered was corrected.</summary>
    public const string Corrected = "DeliveryCorrected";
}
