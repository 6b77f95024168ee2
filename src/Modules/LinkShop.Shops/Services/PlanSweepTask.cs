using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace LinkShop.Shops.Services;

[BackgroundTask(Title = "Plans that end", Schedule = "* * * * *", Description = "Reminds owners of plans that end soon, and ends those that are over.", LockTimeout = 1_000, LockExpiration = 300_000)]
internal sealed class PlanSweepTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<IShopPlans>().SweepAsync(PlatformTenant.Scope, cancellationToken);
}
