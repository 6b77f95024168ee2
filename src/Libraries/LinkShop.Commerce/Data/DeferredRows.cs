namespace LinkShop.Commerce.Data;

/// <summary>Rows that come with the next statement.</summary>
/// <typeparam name="T">Row type.</typeparam>
public sealed class DeferredRows<T>
{
    private IReadOnlyList<T>? _rows;

    internal DeferredRows(IReadOnlyList<T>? rows = null) => _rows = rows;

    /// <summary>The rows in the statement's order.</summary>
    /// <exception cref="InvalidOperationException">No statement was awaited since.</exception>
    public IReadOnlyList<T> Rows => _rows ?? throw new InvalidOperationException("The rows come with the next statement; none was awaited yet.");

    internal void Arrive(IReadOnlyList<T> rows) => _rows = rows;
}
