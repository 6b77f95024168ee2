using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

[BackgroundTask(Title = "Domains of shops", Schedule = "*/5 * * * *", Description = "Looks for the proofs of shops' domains: of those that wait, and daily of those that are in use.", LockTimeout = 1_000, LockExpiration = 600_000)]
internal sealed class DomainTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<DomainSweep>().RunAsync(cancellationToken);
}

/// <summary>One round of looks.</summary>
internal sealed class DomainSweep(IShopDomains domains, DomainProofs proofs, ShopSync sync, IShellHost host)
{
    // a look takes at most 15 seconds: the round ends before the lock does
    private const int Most = 240;
    private const int AtOnce = 8;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = await domains.DueAsync(PlatformTenant.Scope, Most, cancellationToken);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, LookAsync);
    }

    private async ValueTask LookAsync(ShopDomain domain, CancellationToken cancellationToken)
    {
        // a shop whose tenant was removed has no domains
        if (!host.TryGetSettings(domain.Shop, out _))
        {
            await domains.RemoveAsync(PlatformTenant.Scope, domain.Shop, domain.Domain, "LinkShop", cancellationToken);
            return;
        }

        var found = await domains.RecordAsync(PlatformTenant.Scope, domain, await proofs.LookAsync(domain, cancellationToken), cancellationToken: cancellationToken);
        if (found.Succeeded && found.Value.State != domain.State)
            await sync.TryAsync(new ShopChanged(domain.Shop));
    }
}
