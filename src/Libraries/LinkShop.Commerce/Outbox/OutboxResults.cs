using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Data;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Outbox;

/// <summary>
/// Stores what became of messages: with the end of each batch, and a moment after something ended beside or before it. One by one, each would cost a durable commit; all at the end, a
/// process that dies would repeat the whole batch.
/// </summary>
internal sealed partial class OutboxResults(ICommerceDatabase database, OutboxStore store, ILogger logger)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private List<long> _done = [];
    private List<(OutboxMessage, Exception?, string?)> _failed = [];
    private List<OutboxMessage> _back = [];
    private bool _isPlanned;

    public void Done(long id)
    {
        lock (_lock)
            _done.Add(id);
        Plan();
    }

    public void Failed(OutboxMessage message, Exception? error, string? done)
    {
        lock (_lock)
            _failed.Add((message, error, done));
        Plan();
    }

    /// <summary>The message was not looked at; it is stored with the end of the batch.</summary>
    public void Back(OutboxMessage message)
    {
        lock (_lock)
            _back.Add(message);
    }

    /// <summary>Stores all there is.</summary>
    /// <param name="due">When so many messages like this one, which go back, shall come again.</param>
    public async Task FlushAsync(Func<OutboxMessage, int, DateTimeOffset>? due = null)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        List<long> done;
        List<(OutboxMessage, Exception?, string?)> failed;
        List<OutboxMessage> back = [];
        lock (_lock)
        {
            done = _done;
            _done = [];
            failed = _failed;
            _failed = [];
            if (due is not null)
            {
                back = _back;
                _back = [];
            }
        }

        try
        {
            await store.CompleteAsync(database, done).ConfigureAwait(false);
            done = [];
            await store.FailAsync(database, failed).ConfigureAwait(false);
            failed = [];
            await store.GiveBackAsync(database, [.. back.GroupBy(m => (m.Tenant, m.Type)).Select(g => (g.Select(m => m.Id).ToArray(), due!(g.First(), g.Count())))]).ConfigureAwait(false);
            back = [];
        }
        finally
        {
            // the database is away: with the next batch
            lock (_lock)
            {
                _done.AddRange(done);
                _failed.AddRange(failed);
                _back.AddRange(back);
            }

            _writing.Release();
        }
    }

    private void Plan()
    {
        lock (_lock)
        {
            if (_isPlanned)
                return;
            _isPlanned = true;
        }

        _ = FlushSoonAsync();
    }

    [SuppressMessage("Design", "CA1031", Justification = "The next batch tries it again.")]
    private async Task FlushSoonAsync()
    {
        await Task.Delay(Moment).ConfigureAwait(false);
        lock (_lock)
            _isPlanned = false;
        try
        {
            await FlushAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LogOutage(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of outbox messages could not be stored; it is tried again.")]
    private partial void LogOutage(Exception error);
}
