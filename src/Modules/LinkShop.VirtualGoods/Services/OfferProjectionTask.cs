using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace LinkShop.VirtualGoods.Services;

[BackgroundTask(Title = "Product hand-over", Schedule = "* * * * *", Description = "Makes products known to ordering whose hand-over was interrupted.", LockTimeout = 1_000, LockExpiration = 300_000)]
internal sealed class OfferProjectionTask : IBackgroundTask
{
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<OfferProjector>().SweepAsync(cancellationToken);
}
