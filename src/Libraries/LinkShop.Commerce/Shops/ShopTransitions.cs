using System.Collections.Frozen;
using static LinkShop.Commerce.Shops.ShopState;

namespace LinkShop.Commerce.Shops;

/// <summary>The moves a shop can make: the whole state machine.</summary>
public static class ShopTransitions
{
    private static readonly FrozenDictionary<ShopState, FrozenSet<ShopState>> Table = new Dictionary<ShopState, ShopState[]>
    {
        [Opening] = [Open],
        [Open] = [Paused, Suspended, Closed],
        [Paused] = [Open, Suspended, Closed],
        [Suspended] = [Open, Closed],
        [Closed] = [],
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenSet());

    /// <summary>Whether a shop may go from one state to another in one move.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state.</param>
    public static bool Allows(ShopState from, ShopState to) => Table[from].Contains(to);

    /// <summary>Whether the owner may make the move: what the platform did, the owner can't undo.</summary>
    /// <param name="from">Its state.</param>
    /// <param name="to">The new state.</param>
    public static bool IsOwners(ShopState from, ShopState to) => (from, to) is (Open, Paused) or (Paused, Open);
}
