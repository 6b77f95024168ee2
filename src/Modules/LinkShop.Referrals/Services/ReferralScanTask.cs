using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace LinkShop.Referrals.Services;

[BackgroundTask(Title = "Promotion: nightly look", Schedule = "17 19 * * *", Description = "Looks for own purchases, rings and unusual sales of promoters, works tiers and cohorts out anew.", LockTimeout = 1_000, LockExpiration = 3_600_000)]
internal sealed class ReferralScanTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<IReferralMaintenance>().ScanAsync(serviceProvider.GetRequiredService<TenantScope>(), cancellationToken);
}
