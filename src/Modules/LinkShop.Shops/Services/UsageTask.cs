using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace LinkShop.Shops.Services;

[BackgroundTask(Title = "What shops cost", Schedule = "7 * * * *", Description = "Counts what each shop costs and brings, for the platform's report.", LockTimeout = 1_000, LockExpiration = 1_800_000)]
internal sealed class UsageTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<IShopUsages>().CountAsync(PlatformTenant.Scope, cancellationToken);
}
