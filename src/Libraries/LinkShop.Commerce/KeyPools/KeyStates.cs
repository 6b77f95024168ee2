using System.Collections.Frozen;

namespace LinkShop.Commerce.KeyPools;

/// <summary>State of a card key.</summary>
public enum KeyState
{
    /// <summary>For sale, once the import it came with is complete (<see cref="KeyBatchState.Active"/>).</summary>
    Available,

    /// <summary>Held for an order that isn't paid yet.</summary>
    Reserved,

    /// <summary>Handed to the buyer.</summary>
    Delivered,

    /// <summary>Withdrawn before it was sold.</summary>
    Voided,

    /// <summary>Was delivered, turned out bad, and another key was delivered in its place.</summary>
    Replaced,

    /// <summary>Was delivered and taken back (refund, chargeback, fraud).</summary>
    Revoked,
}

/// <summary>The moves a card key can make; every statement that changes a state names its source states from here.</summary>
public static class KeyTransitions
{
    private static readonly FrozenSet<(KeyState From, KeyState To)> Table = new[]
    {
        (KeyState.Available, KeyState.Reserved),
        (KeyState.Available, KeyState.Voided),
        (KeyState.Reserved, KeyState.Available),
        (KeyState.Reserved, KeyState.Delivered),
        // its import was recalled
        (KeyState.Reserved, KeyState.Voided),
        (KeyState.Delivered, KeyState.Replaced),
        (KeyState.Delivered, KeyState.Revoked),
        // the payment was charged back, and another one came after that
        (KeyState.Revoked, KeyState.Delivered),
    }.ToFrozenSet();

    /// <summary>Whether a key may go from one state to another.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state.</param>
    /// <returns>True if the table has the move.</returns>
    public static bool Allows(KeyState from, KeyState to) => Table.Contains((from, to));

    /// <summary>Refuses a move that isn't in the table.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state.</param>
    /// <exception cref="IllegalTransitionException">The table doesn't have the move.</exception>
    public static void Require(KeyState from, KeyState to)
    {
        if (!Allows(from, to))
        {
            throw new IllegalTransitionException("card key", from.ToString(), to.ToString());
        }
    }
}
