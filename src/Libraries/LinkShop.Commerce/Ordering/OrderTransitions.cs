using System.Collections.Frozen;
using static LinkShop.Commerce.Ordering.OrderState;

namespace LinkShop.Commerce.Ordering;

/// <summary>The moves an order can make: the whole state machine.</summary>
public static class OrderTransitions
{
    private static readonly FrozenDictionary<OrderState, FrozenSet<OrderState>> Table = new Dictionary<OrderState, OrderState[]>
    {
        [AwaitingPayment] = [Paid, Expired, Cancelled],
        [Paid] = [Fulfilling, Fulfilled, Refunded, PartiallyRefunded, Disputed],
        [Fulfilling] = [Fulfilled, Refunded, PartiallyRefunded, Disputed],
        [Fulfilled] = [Completed, Refunded, PartiallyRefunded, Disputed],
        [Completed] = [Refunded, PartiallyRefunded, Disputed],
        // paid after all: fulfilled if there is stock, else the money goes back
        [Expired] = [Paid, Refunded],
        [Cancelled] = [Paid, Refunded],
        // another payment of the same order can take the place of one that was given back
        [Refunded] = [Paid],
        [PartiallyRefunded] = [Paid, Refunded, Disputed],
        // a dispute that was won leads back
        [Disputed] = [Paid, Refunded, PartiallyRefunded],
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenSet());

    /// <summary>Whether an order may go from one state to another in one move.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state.</param>
    public static bool Allows(OrderState from, OrderState to) => Table[from].Contains(to);

    /// <summary>Checks that a state can be reached: at once, or through <see cref="Paid"/>, which an order passes when payment and delivery happen together.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state; the same one is always reached.</param>
    /// <exception cref="IllegalTransitionException">The table has no such way.</exception>
    public static void Require(OrderState from, OrderState to)
    {
        if (from != to && !Allows(from, to) && !(Allows(from, Paid) && Allows(Paid, to)))
            throw new IllegalTransitionException("order", from.ToString(), to.ToString());
    }
}
