namespace LinkShop.Catalogue;

/// <summary>Whether a shop takes no orders now. A tenant that always takes them has none of these services.</summary>
public interface ISalesPause
{
    /// <summary>Why it doesn't; null while it does.</summary>
    ValueTask<SalesPause?> NowAsync();
}

/// <summary>A time without orders.</summary>
/// <param name="Reason">What buyers read: why, and when there is an end.</param>
/// <param name="ByHandOnly">Whether only goods that somebody delivers by hand wait.</param>
public sealed record SalesPause(string Reason, bool ByHandOnly);
