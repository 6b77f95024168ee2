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
    ICommerceDatabase database, LowStockMonitor lowStock, IdempotencyStore idempotency, IKeyImporter importer, KeyWithdrawal recalls, LedgerExpiry ledger, IReleases releases, Debts debts, IRefunds refunds, IReferralMaintenance referrals, IPayoutSweep payouts, ISupplyDues supplies, IOptions<MaintenanceOptions> options, TimeProvider time, ILogger<CommerceMaintenance> logger) : BackgroundService
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

    private async Task DoChoresAsync(bool sweeps, CancellationToken stoppingToken)
    {
        await TryAsync(lowStock.CheckTouchedAsync, stoppingToken).ConfigureAwait(false);
        foreach (var sweep in sweeps ? Sweeps() : [])
            await TryAsync(sweep, stoppingToken).ConfigureAwait(false);
    }

    private IEnumerable<Func<CancellationToken, Task>> Sweeps() =>
    [
        lowStock.SweepAsync,
        importer.RecoverAsync,
        recalls.ResumeAsync,
        token => database.InEachAsync(each => SweepIdempotencyAsync(each, token), token),
        releases.SweepAsync,
        referrals.FoldAsync,
        referrals.ReleaseAsync,
        refunds.EscalateAsync,
        supplies.SweepAsync,
        payouts.SweepAsync,
        SweepLedgerAsync,
        debts.SweepAsync,
    ];

    [SuppressMessage("Design", "CA1031", Justification = "A chore that fails is done again with the next tick, and keeps no other from being done.")]
    private async Task TryAsync(Func<CancellationToken, Task> chore, CancellationToken stoppingToken)
    {
        try
        {
            await chore(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailure(error);
        }
    }

    private async Task<int> SweepIdempotencyAsync(ICommerceDatabase each, CancellationToken cancellationToken)
    {
        while (await idempotency.SweepAsync(each, cancellationToken).ConfigureAwait(false) == IdempotencyStore.SweepSize)
        {
        }

        return 0;
    }

    private async Task SweepLedgerAsync(CancellationToken cancellationToken)
    {
        while (await ledger.SweepAsync(cancellationToken).ConfigureAwait(false) >= LedgerExpiry.SweepSize)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Commerce maintenance failed; it is tried again.")]
    private partial void LogFailure(Exception error);
}
