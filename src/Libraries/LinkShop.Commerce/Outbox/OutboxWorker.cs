using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.Outbox;

/// <summary>Delivers messages. Any number of processes may run one.</summary>
internal sealed partial class OutboxWorker(ICommerceDatabase database, OutboxStore store, IOutboxDispatcher dispatcher, OutboxSignal signal, IOptions<OutboxOptions> options, ILogger<OutboxWorker> logger)
    : BackgroundService
{
    /// <summary>Claims and handles one batch of each database.</summary>
    /// <returns>The most messages that were claimed in one.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var most = 0;
        foreach (var each in database.EveryDatabase)
            most = Math.Max(most, await RunOnceAsync(each, cancellationToken).ConfigureAwait(false));
        return most;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a handler throws is stored with the message and brings it again.")]
    private async Task<int> RunOnceAsync(ICommerceDatabase each, CancellationToken cancellationToken)
    {
        var messages = await store.ClaimAsync(each, cancellationToken).ConfigureAwait(false);
        var done = new ConcurrentBag<long>();
        var failed = new ConcurrentBag<(OutboxMessage, Exception?, string?)>();
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism }, async (message, _) =>
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await dispatcher.DispatchAsync(new TenantScope(message.Tenant), message, cancellationToken).ConfigureAwait(false);
                done.Add(message.Id);
            }
            catch (Exception thrown)
            {
                var (error, handled) = thrown is OutboxHandlersException some ? (some.InnerException!, some.Done) : (thrown, message.Done);
                var stopping = error is OperationCanceledException && cancellationToken.IsCancellationRequested;
                // during a tenant's set-up that is the normal course of things
                if (!stopping && error is not (TenantNotRunningException or Placement.TenantMovingException))
                {
                    LogFailure(error, message.Type, message.Id, message.Attempt, options.Value.MaxAttempts);
                }

                failed.Add((message, stopping ? null : error, handled));
            }
        }).ConfigureAwait(false);
        await store.CompleteAsync(each, [.. done]).ConfigureAwait(false);
        await store.FailAsync(each, [.. failed]).ConfigureAwait(false);
        return messages.Count;
    }

    /// <inheritdoc />
    [SuppressMessage("Design", "CA1031", Justification = "The worker outlives a database that is away for a while.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                var claimed = await RunOnceAsync(stoppingToken).ConfigureAwait(false);
                if (claimed == options.Value.BatchSize)
                {
                    continue;
                }

                if (claimed > 0 && options.Value.MinInterval - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, stoppingToken).ConfigureAwait(false);
                }

                await signal.WaitAsync(options.Value.PollInterval, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogOutage(error);
                await Task.Delay(options.Value.PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox message {Type} {Id} failed in attempt {Attempt} of {Max}.")]
    private partial void LogFailure(Exception error, string type, long id, int attempt, int max);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; it is tried again.")]
    private partial void LogOutage(Exception error);
}
