using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Ordering;

/// <summary>Sweeps every few seconds. Any number of processes may run one.</summary>
internal sealed partial class OrderExpiryWorker(IOrderExpiry expiry, TimeProvider clock, ILogger<OrderExpiryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await SweepAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the application stops; of one that couldn't start the host would call this a failure too
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A sweep that fails is done again with the next tick.")]
    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await expiry.SweepAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailure(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep of unpaid orders failed; it is tried again.")]
    private partial void LogFailure(Exception error);
}
