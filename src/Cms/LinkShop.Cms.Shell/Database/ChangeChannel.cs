namespace LinkShop.Cms.Shell.Database;

/// <summary>
/// Short messages between the processes on one PostgreSQL database, each a tenant and a text. While nobody listens messages are lost, so
/// with each new connection the <see cref="Epoch"/> changes, and what was known before must be read anew. SQLite has one process and no messages.
/// </summary>
internal sealed class ChangeChannel
{
    /// <summary>The channel of <c>pg_notify</c>; a message is the tenant, a line feed and the text.</summary>
    internal const string Name = "linkshop_change";

    private long _epoch;
    private volatile bool _isConnected;

    /// <summary>A message came in: the tenant and the text. The handler must be quick and must not throw.</summary>
    internal event Action<string, string>? Heard;

    /// <summary>The epoch has changed. The handler must be quick and must not throw.</summary>
    internal event Action? Forgotten;

    /// <summary>Whether messages come in at present.</summary>
    internal bool IsConnected => _isConnected;

    /// <summary>Changes whenever messages may have been missed.</summary>
    internal long Epoch => Interlocked.Read(ref _epoch);

    internal void Connected()
    {
        Interlocked.Increment(ref _epoch);
        _isConnected = true;
        Forgotten?.Invoke();
    }

    internal void Disconnected() => _isConnected = false;

    internal void Hear(string payload)
    {
        var end = payload.IndexOf('\n', StringComparison.Ordinal);
        if (end > 0) Heard?.Invoke(payload[..end], payload[(end + 1)..]);
    }
}
