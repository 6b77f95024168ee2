using System.ComponentModel.DataAnnotations;
using LinkShop.Commerce.KeyPools;

namespace LinkShop.VirtualGoods.ViewModels;

public sealed record KeyPoolRow(KeyPool Pool, KeyPoolStats Stats)
{
    /// <summary>Keys that were ever put on sale: what the bar is measured against.</summary>
    public long Total => Stats.Available + Stats.Reserved + Stats.Delivered;

    public bool IsLow => IsWatched(Pool) && Stats.Available < Pool.LowStockThreshold;

    /// <summary>Whether somebody wants to know when a pool runs low.</summary>
    public static bool IsWatched(KeyPool pool) => !pool.Reusable && pool.LowStockThreshold > 0;
}

/// <summary>A page of the pools whose names have what was searched for, and what of all pools runs low.</summary>
public sealed record KeyPoolList(IReadOnlyList<KeyPoolRow> Rows, IReadOnlyList<KeyPoolRow> Low, string? Search, int Page, int Pages);

public sealed record KeyPoolDetails(
    KeyPoolRow Row,
    IReadOnlyList<KeyBatch> Batches,
    long NextImportsBefore,
    IReadOnlyList<CardKey> Keys,
    KeyState? State,
    long NextAfterId,
    bool MayReveal);

public class KeyPoolForm
{
    [Required(ErrorMessage = "A name is required.")]
    [StringLength(200, ErrorMessage = "The name is longer than {1} characters.")]
    public string? Name { get; set; }

    [Range(0, 1_000_000, ErrorMessage = "The threshold must be {1} to {2}.")]
    public int LowStockThreshold { get; set; } = 10;

    /// <summary>Makes the pool a reusable one: every buyer gets this key. Empty when changing a pool keeps the stored one.</summary>
    [StringLength(4000, ErrorMessage = "The key is longer than {1} characters.")]
    public string? ReusableSecret { get; set; }

    /// <summary>Whether the form may show that field: a pool can't change between the kinds.</summary>
    public bool MayBeReusable { get; set; } = true;
}

public sealed record KeyImportResult(KeyPool Pool, string Source, KeyImportReport? Report, string? Error);

public sealed record RevealedKey(KeyPool Pool, long KeyId, string Secret);

/// <summary>Keys of a recalled import that somebody has or had.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Sold">What still has to be decided first.</param>
/// <param name="More">Whether there are more than are shown.</param>
public sealed record RecalledKeys(KeyPool Pool, IReadOnlyList<CardKey> Sold, bool More);
