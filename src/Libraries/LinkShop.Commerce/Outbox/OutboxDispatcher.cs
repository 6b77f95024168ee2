using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.Outbox;

/// <summary>Calls the handlers of the host's container.</summary>
internal sealed class OutboxDispatcher(IServiceScopeFactory scopes) : IOutboxDispatcher
{
    [SuppressMessage("Design", "CA1031", Justification = "One failing handler doesn't keep the others from the message; its exception is thrown on.")]
    public async Task DispatchAsync(TenantScope tenant, OutboxMessage message, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using var closing = scope.ConfigureAwait(false);
        List<Exception>? errors = null;
        foreach (var handler in scope.ServiceProvider.GetServices<IOutboxHandler>().Where(h => h.Handles(message.Type)))
        {
            try
            {
                await handler.HandleAsync(message, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (errors ??= []).Add(error);
            }
        }

        if (errors is not null)
        {
            throw errors.Count == 1 ? errors[0] : new AggregateException(errors);
        }
    }
}
