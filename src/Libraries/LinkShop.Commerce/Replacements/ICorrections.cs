using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Replacements;

/// <summary>What is to stand in place of what a person delivered.</summary>
public sealed record CorrectionDraft
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Number of the line.</summary>
    public required int Line { get; init; }

    /// <summary>How many corrections its writer knew of: what somebody else corrected meanwhile isn't undone unseen.</summary>
    public required int Seen { get; init; }

    /// <summary>What the buyer is to have, up to 10,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Why, for the order's history and the evidence; up to 1,000 characters. The texts themselves are masked in it.</summary>
    public required string Reason { get; init; }
}

/// <summary>A correction that was made.</summary>
/// <param name="Line">Number of the line.</param>
/// <param name="Number">Which of the line, from 1.</param>
/// <param name="Was">What stood there before, masked.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">User name of who did it.</param>
/// <param name="At">When.</param>
public sealed record CorrectionView(int Line, int Number, string Was, string Reason, string Actor, DateTimeOffset At);

/// <summary>Staff correct what they delivered by hand. No money moves, and what stood there before is kept. The caller has checked the permission.</summary>
public interface ICorrections
{
    /// <summary>Puts another text in place of what was delivered, and tells the buyer, or changes nothing.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="draft">Which line and what.</param>
    /// <param name="actor">User name of who does it.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>
    /// How many corrections the line has, also when this one was made before; or <c>required</c>, <c>too_long</c>, <c>not_found</c>, <c>conflict</c> (somebody corrected it meanwhile),
    /// or <c>illegal_transition</c> (it wasn't delivered by hand, or the order is disputed or given back).
    /// </returns>
    Task<CommerceResult<int>> CorrectAsync(TenantScope scope, CorrectionDraft draft, string actor, CancellationToken cancellationToken = default);
}
