namespace LinkShop.Commerce.KeyPools;

/// <summary>Which key of a pool an order gets when the buyer picks none. Keys with a label come last: they are for buyers who pick.</summary>
public enum KeyPickOrder
{
    /// <summary>First imported, first sold.</summary>
    Oldest,

    /// <summary>Last imported, first sold.</summary>
    Newest,

    /// <summary>Any.</summary>
    Random,
}

/// <summary>A stock of card keys that one or more SKUs sell from.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, unique within the tenant.</param>
/// <param name="PickOrder">Which key is sold next.</param>
/// <param name="LowStockThreshold">An alert is raised when fewer keys are available; 0 for none.</param>
/// <param name="Reusable">True: the pool holds one secret that every buyer gets; it has no keys.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record KeyPool(long Id, string Name, KeyPickOrder PickOrder, int LowStockThreshold, bool Reusable, DateTimeOffset CreatedAt);

/// <summary>What an administrator decides about a pool.</summary>
/// <param name="Name">Name, 1–200 characters, unique within the tenant.</param>
/// <param name="PickOrder">Which key is sold next.</param>
/// <param name="LowStockThreshold">An alert is raised when fewer keys are available; 0 for none.</param>
/// <param name="ReusableSecret">For a reusable pool: the secret that every buyer gets (null on update: unchanged). Whether a pool is reusable can't be changed later.</param>
public sealed record KeyPoolSettings(string Name, KeyPickOrder PickOrder = KeyPickOrder.Oldest, int LowStockThreshold = 0, string? ReusableSecret = null);

/// <summary>Keys of a pool by state.</summary>
/// <param name="Available">For sale, labelled ones included.</param>
/// <param name="AvailableLabelled">For sale and with a label.</param>
/// <param name="Reserved">Held for unpaid orders.</param>
/// <param name="Delivered">Sold.</param>
/// <param name="Voided">Withdrawn.</param>
/// <param name="Replaced">Replaced after delivery.</param>
/// <param name="Revoked">Taken back after delivery.</param>
/// <param name="Staged">Being imported.</param>
public sealed record KeyPoolStats(long Available, long AvailableLabelled, long Reserved, long Delivered, long Voided, long Replaced, long Revoked, long Staged);

/// <summary>A card key as an administrator sees it in a list: without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="BatchId">The import it came with.</param>
/// <param name="State">Its state.</param>
/// <param name="Label">Text that buyers may see and pick by; null if none.</param>
/// <param name="Note">Text for the merchant only; null if none.</param>
/// <param name="OrderId">The order that holds or has it.</param>
/// <param name="OrderLine">The line of that order.</param>
/// <param name="ReservedUntil">Until when it is held.</param>
/// <param name="DeliveredAt">When it was handed over.</param>
public sealed record CardKey(long Id, long BatchId, KeyState State, string? Label, string? Note, string? OrderId, int? OrderLine, DateTimeOffset? ReservedUntil, DateTimeOffset? DeliveredAt);

/// <summary>A key that a buyer can pick.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">What the buyer sees of it.</param>
public sealed record PickableKey(long Id, string Label);

/// <summary>A key that an order holds or has, without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PoolId">Its pool.</param>
/// <param name="OrderLine">The order's line.</param>
public sealed record ClaimedKey(long Id, long PoolId, int OrderLine);

/// <summary>A key that an order has, in clear: for its buyer only.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PoolId">Its pool.</param>
/// <param name="OrderLine">The order's line.</param>
/// <param name="Secret">The card key.</param>
/// <param name="Label">Its label, if it has one.</param>
public sealed record DeliveredKey(long Id, long PoolId, int OrderLine, string Secret, string? Label);

/// <summary>State of an import.</summary>
public enum KeyBatchState
{
    /// <summary>Lines are being stored; undone at the next start if the process dies.</summary>
    Staging,

    /// <summary>On sale.</summary>
    Active,

    /// <summary>Withdrawn as a whole.</summary>
    Recalled,
}

/// <summary>One import.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PoolId">Its pool.</param>
/// <param name="State">How far it is.</param>
/// <param name="Source">File name or other origin.</param>
/// <param name="Imported">Keys it brought.</param>
/// <param name="CreatedAt">When it began.</param>
public sealed record KeyBatch(long Id, long PoolId, KeyBatchState State, string Source, long Imported, DateTimeOffset CreatedAt);

/// <summary>Outcome of <see cref="IKeyPools.RecallBatchAsync"/>.</summary>
/// <param name="Voided">Unsold keys withdrawn.</param>
/// <param name="Sold">Keys that orders have: somebody must act on these.</param>
/// <param name="Exchanged">Keys that unpaid orders held, and hold others for now.</param>
/// <param name="CalledOff">Unpaid orders that were called off, because there was no other key or they were for that number.</param>
public sealed record RecallReport(long Voided, IReadOnlyList<CardKey> Sold, int Exchanged = 0, int CalledOff = 0);

/// <summary>Payload of the outbox event <see cref="EventType"/>: raised once each time a pool's stock falls below its threshold.</summary>
/// <param name="PoolId">The pool.</param>
/// <param name="PoolName">Its name.</param>
/// <param name="Available">Keys left.</param>
/// <param name="Threshold">The threshold crossed.</param>
public sealed record KeyPoolLow(long PoolId, string PoolName, long Available, int Threshold)
{
    /// <summary>Name of the outbox event.</summary>
    public const string EventType = "KeyPoolLow";
}
