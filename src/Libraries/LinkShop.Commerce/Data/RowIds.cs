using System.Security.Cryptography;

namespace LinkShop.Commerce.Data;

/// <summary>
/// Numbers for rows that keep their number when a tenant moves to another database, because something outside of the tables remembers it (a product its key pool, a process the
/// accounts). Unique over all databases without asking one: milliseconds, then 13 bits that count up from a random start in each process; the primary key catches
/// even two processes that hit the same one. They fit into 53 bits, so that scripts can carry them.
/// </summary>
internal static class RowIds
{
    private static readonly DateTime Epoch = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static int _counter = RandomNumberGenerator.GetInt32(1 << 13);

    public static long Next() => ((long)(DateTime.UtcNow - Epoch).TotalMilliseconds << 13) | (uint)(Interlocked.Increment(ref _counter) & 0x1FFF);
}
