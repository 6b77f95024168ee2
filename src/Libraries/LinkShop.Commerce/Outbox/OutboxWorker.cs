using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.Outbox;

/// <summary>Delivers messages. Any number of processes may run one.</summary>
internal sealed partial class OutboxWorker(
    ICommerceDatabase database, OutboxStore store, IOutboxDispatcher dispatcher, OutboxSignal signal, TimeProvider time, IOptions<OutboxOptions> options, ILogger<OutboxWorker> logger)
    : BackgroundService
{
    private readonly OutboxDelivery[] _deliveries = [.. database.EveryDatabase.Select(each => new OutboxDelivery(each, store, dispatcher, signal, options.Value, time, logger))];

    /// <summary>Claims and handles one batch of each database; what takes long is handled beside it.</summary>
    /// <returns>The most messages that were claimed in one.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var most = 0;
        foreach (var each in _deliveries)
            most = Math.Max(most, await each.RunOnceAsync(cancellationToken).ConfigureAwait(false));
        return most;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        // each by itself: one database that is away, or slow, keeps no message of another
        await Task.WhenAll(_deliveries.Select(each => RunAsync(each, signal.Open(), stoppingToken))).ConfigureAwait(false);
        foreach (var each in _deliveries)
            await each.StopAsync().ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The worker outlives a database that is away for a while.")]
    private async Task RunAsync(OutboxDelivery delivery, OutboxSignal.Waiter waiter, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                var claimed = await delivery.RunOnceAsync(stoppingToken).ConfigureAwait(false);
                if (claimed == options.Value.BatchSize)
                {
                    continue;
                }

                if (claimed > 0 && options.Value.MinInterval - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, stoppingToken).ConfigureAwait(false);
                }

                await waiter.WaitAsync(options.Value.PollInterval, stoppingToken).ConfigureAwait(false);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; it is tried again.")]
    private partial void LogOutage(Exception error);
}
