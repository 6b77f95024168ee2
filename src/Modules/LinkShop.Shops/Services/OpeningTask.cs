using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace LinkShop.Shops.Services;

[BackgroundTask(Title = "Openings of shops that were interrupted", Schedule = "23 * * * *", Description = "Gives up openings that nobody has repeated for a day, so that their addresses are free.", LockTimeout = 1_000, LockExpiration = 600_000)]
internal sealed class OpeningTask : IBackgroundTask
{
    private static readonly TimeSpan s_patience = TimeSpan.FromDays(1);

    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) =>
        serviceProvider.GetRequiredService<ShopOpening>().EndInterruptedAsync(serviceProvider.GetRequiredService<TimeProvider>().GetUtcNow() - s_patience, cancellationToken);
}
