using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Data;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Outbox;

/// <summary>Delivers the messages of one database.</summary>
internal sealed partial class OutboxDelivery(ICommerceDatabase database, OutboxStore store, IOutboxDispatcher dispatcher, OutboxSignal signal, OutboxOptions options, TimeProvider time, ILogger logger)
{
    private readonly SlowOutbox _slow = new(options, time);
    private readonly OutboxResults _results = new(database, store, logger);
    private DateTimeOffset _renewAt;

    /// <summary>Claims a batch and handles it. What takes long is still being handled when this returns.</summary>
    /// <returns>How many messages were claimed.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await RenewAsync().ConfigureAwait(false);
        var until = time.GetUtcNow() + options.Lease;
        var messages = await store.ClaimAsync(database, cancellationToken).ConfigureAwait(false);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism };
        await Parallel.ForEachAsync(messages, parallel, (message, _) => TakeAsync(new(message, until), cancellationToken)).ConfigureAwait(false);
        await _results.FlushAsync(_slow.NextDue).ConfigureAwait(false);
        return messages.Count;
    }

    /// <summary>Ends cleanly after the token was cancelled: what has not begun goes back, what has is waited for.</summary>
    public async Task StopAsync()
    {
        foreach (var waiting in _slow.TakeWaiting())
            _results.Back(waiting.Message);
        while (!_slow.IsIdle)
            await Task.Delay(10, CancellationToken.None).ConfigureAwait(false);
        await _results.FlushAsync((_, _) => time.GetUtcNow()).ConfigureAwait(false);
    }

    private async ValueTask TakeAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        switch (_slow.Offer(claimed))
        {
            case OutboxTurn.Beside:
                _ = FinishAsync(claimed, HandleAsync(claimed, cancellationToken), Stopwatch.GetTimestamp(), cancellationToken);
                break;
            case OutboxTurn.Back:
                _results.Back(claimed.Message);
                break;
            case OutboxTurn.Now:
                var started = Stopwatch.GetTimestamp();
                var handling = HandleAsync(claimed, cancellationToken);
                if (!handling.IsCompleted)
                    await handling.WaitAsync(options.SlowAfter, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!handling.IsCompleted)
                {
                    _slow.Begin(claimed);
                    _ = FinishAsync(claimed, handling, started, cancellationToken);
                }

                break;
        }
    }

    private async Task FinishAsync(ClaimedMessage claimed, Task handling, long started, CancellationToken cancellationToken)
    {
        for (var current = claimed; ;)
        {
            await handling.ConfigureAwait(false);
            if (_slow.End(current, Stopwatch.GetElapsedTime(started)) is not { } next)
            {
                // there is room for what went back
                signal.Set();
                return;
            }

            (current, started) = (next, Stopwatch.GetTimestamp());
            handling = HandleAsync(current, cancellationToken);
        }
    }

    /// <summary>Gives a message to its handlers. Never fails.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a handler throws is stored with the message and brings it again.")]
    private async Task HandleAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        // another process has it, or will have it in a moment
        if (time.GetUtcNow() >= claimed.Until)
            return;
        var message = claimed.Message;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await dispatcher.DispatchAsync(new TenantScope(message.Tenant), message, cancellationToken).ConfigureAwait(false);
            _results.Done(message.Id);
        }
        catch (Exception thrown)
        {
            var (error, handled) = thrown is OutboxHandlersException some ? (some.InnerException!, some.Done) : (thrown, message.Done);
            var stopping = error is OperationCanceledException && cancellationToken.IsCancellationRequested;
            // during a tenant's set-up that is the normal course of things
            if (!stopping && error is not (TenantNotRunningException or Placement.TenantMovingException))
                LogFailure(error, message.Type, message.Id, message.Attempt, options.MaxAttempts);
            _results.Failed(message, stopping ? null : error, handled);
        }
    }

    // what takes longer than the lease must not be given to another process
    private async Task RenewAsync()
    {
        if (time.GetUtcNow() < _renewAt || _slow.Held() is not { Count: > 0 } held)
            return;
        var until = time.GetUtcNow() + options.Lease;
        var ours = await store.RenewAsync(database, [.. held.Select(h => h.Message.Id)], until).ConfigureAwait(false);
        foreach (var claimed in held.Where(h => ours.Contains(h.Message.Id)))
            claimed.Until = until;
        _renewAt = time.GetUtcNow() + (options.Lease / 4);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox message {Type} {Id} failed in attempt {Attempt} of {Max}.")]
    private partial void LogFailure(Exception error, string type, long id, int attempt, int max);
}
