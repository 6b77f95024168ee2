namespace LinkShop.Commerce.Ordering;

/// <summary>Which orders are exported.</summary>
public sealed record OrderExportRequest
{
    /// <summary>Made at or after, or null.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Made before, or null.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>One state, or null for all.</summary>
    public OrderState? State { get; init; }

    /// <summary>The shop's local time of a moment.</summary>
    public Func<DateTimeOffset, DateTimeOffset> Local { get; init; } = moment => moment;
}

/// <summary>Orders as a CSV file.</summary>
public interface IOrderExport
{
    /// <summary>
    /// Writes a line per order line, oldest order first: UTF-8 with a byte order mark. Amounts of the whole order stand on its first line only, so that columns add up. No delivered goods and no
    /// secret buyer field is in it. Memory doesn't grow with the number of orders, and no read stays open while the receiver is slow. The caller has checked the permission.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="request">Which orders.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many lines were written, without the header.</returns>
    Task<long> WriteAsync(TenantScope scope, OrderExportRequest request, Stream output, CancellationToken cancellationToken = default);
}
