using System.Collections.Frozen;
using static LinkShop.Commerce.Payouts.PayoutState;

namespace LinkShop.Commerce.Payouts;

/// <summary>The moves a payout can make: the whole state machine.</summary>
public static class PayoutTransitions
{
    private static readonly FrozenDictionary<PayoutState, FrozenSet<PayoutState>> Table = new Dictionary<PayoutState, PayoutState[]>
    {
        [Requested] = [Approved, Rejected, Cancelled],
        [Approved] = [Sending, Rejected],
        // once the provider may have been asked, only its answer counts
        [Sending] = [Paid, Failed],
        [Paid] = [],
        [Failed] = [],
        [Rejected] = [],
        [Cancelled] = [],
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenSet());

    /// <summary>Whether a payout may go from one state to another in one move.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state.</param>
    public static bool Allows(PayoutState from, PayoutState to) => Table[from].Contains(to);

    /// <summary>Whether a payout stays in a state for good.</summary>
    /// <param name="state">The state.</param>
    public static bool IsFinal(PayoutState state) => Table[state].Count == 0;

    /// <summary>Checks that a payout may go from one state to another in one move.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state.</param>
    /// <exception cref="IllegalTransitionException">The table has no such move.</exception>
    public static void Require(PayoutState from, PayoutState to)
    {
        if (!Allows(from, to))
            throw new IllegalTransitionException("payout", from.ToString(), to.ToString());
    }
}
