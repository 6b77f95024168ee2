using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Referrals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Brings the schema up to date, undoes interrupted imports and pauses referral plans that aren't lawful any more, before anything else of the library runs.</summary>
internal sealed partial class CommerceStartup(ICommerceDatabase database, IKeyImporter importer, IReferralPlans plans, ILogger<CommerceStartup> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        await importer.RecoverAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (scope, plan, refusals) in await plans.CheckAllAsync(cancellationToken).ConfigureAwait(false))
            LogPaused(plan, scope.Tenant, string.Join(", ", refusals.Select(r => r.Code)));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Referral plan {Plan} of {Tenant} was paused, because it isn't lawful: {Codes}")]
    private partial void LogPaused(string plan, string tenant, string codes);
}
