using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.Outbox;

/// <summary>Calls the handlers of the host's container.</summary>
internal sealed class OutboxDispatcher(IServiceScopeFactory scopes) : IOutboxDispatcher
{
    public Task DispatchAsync(TenantScope tenant, OutboxMessage message, CancellationToken cancellationToken)
        => OutboxHandlers.RunAsync(
            message,
            async run =>
            {
                var scope = scopes.CreateAsyncScope();
                await using var closing = scope.ConfigureAwait(false);
                await run(scope.ServiceProvider).ConfigureAwait(false);
            },
            cancellationToken);
}
