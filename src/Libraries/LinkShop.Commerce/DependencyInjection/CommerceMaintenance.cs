using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Idempotency;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Settlement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Small regular chores: stock alerts every second for the pools that sold, and once in a while (see <see cref="MaintenanceOptions"/>) the sweeps.</summary>
internal sealed partial class CommerceMaintenance(
    ICommerceDatabase database, LowStockMonitor lowStock, IdempotencyStore idempotency, IKeyImporter importer, LedgerExpiry ledger, IReleases releases, Debts debts, IRefunds refunds, IReferralMaintenance referrals, IPayoutSweep payouts, ISupplyDues supplies, IOptions<MaintenanceOptions> options, TimeProvider time, ILogger<CommerceMaintenance> logger) : BackgroundService
{
    private readonly int _sweepEvery = Math.Max(1, options.Value.SweepSeconds);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false); tick++)
                await DoChoresAsync(tick % _sweepEvery == 0, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the application stops; of one that couldn't start the host would call this a failure too
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A chore that fails is done again with the next tick.")]
    private async Task DoChoresAsync(bool sweeps, CancellationToken stoppingToken)
    {
        try
        {
            await lowStock.CheckTouchedAsync(stoppingToken).ConfigureAwait(false);
            if (sweeps)
                await SweepAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailure(error);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await lowStock.SweepAsync(cancellationToken).ConfigureAwait(false);
        await importer.RecoverAsync(cancellationToken).ConfigureAwait(false);
        foreach (var each in database.EveryDatabase)
        {
            while (await idempotency.SweepAsync(each, cancellationToken).ConfigureAwait(false) == IdempotencyStore.SweepSize)
            {
            }
        }

        await releases.SweepAsync(cancellationToken).ConfigureAwait(false);
        await referrals.FoldAsync(cancellationToken).ConfigureAwait(false);
        await referrals.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        await refunds.EscalateAsync(cancellationToken).ConfigureAwait(false);
        await supplies.SweepAsync(cancellationToken).ConfigureAwait(false);
        await payouts.SweepAsync(cancellationToken).ConfigureAwait(false);
        while (await ledger.SweepAsync(cancellationToken).ConfigureAwait(false) >= LedgerExpiry.SweepSize)
        {
        }

        await debts.SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Commerce maintenance failed; it is tried again.")]
    private partial void LogFailure(Exception error);
}
