using LinkShop.Commerce;
using LinkShop.Commerce.Outbox;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform.Services;

/// <summary>Gives the outbox's messages to the handlers of the tenant's enabled features, inside the tenant's scope.</summary>
public sealed class ShellOutboxDispatcher(IShellHost shellHost) : IOutboxDispatcher
{
    /// <inheritdoc/>
    public async Task DispatchAsync(TenantScope tenant, OutboxMessage message, CancellationToken cancellationToken)
    {
        if (!shellHost.TryGetSettings(tenant.Tenant, out var settings) || !settings.IsRunning())
        {
            // Being set up, disabled, or made by another process a moment ago: the message waits for its next attempt.
            throw new TenantNotRunningException(tenant.Tenant);
        }

        await OutboxHandlers.RunAsync(
            message,
            async run => await (await shellHost.GetScopeAsync(settings)).UsingAsync(scope => run(scope.ServiceProvider)),
            cancellationToken);
    }
}
