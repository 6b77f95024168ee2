using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Payments.Handlers;

/// <summary>
/// Gives back what came too late or twice, or was decided to go back. Asking the gateway again, after a crash or a refusal, repeats the refund's id, so it pays once; the event is
/// stored once. A payment that no enabled provider made (confirmed by hand, a provider since switched off) waits for staff: the order's page has a button.
/// </summary>
internal sealed class RefundHandler(IRefundAsks asks, IEnumerable<IPaymentProvider> providers, IPaymentIntake intake, TenantScope scope) : IOutboxHandler
{
    public bool Handles(string type) => type == OrderEvents.RefundWanted;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var told = message.Read<OrderEvent>();
        if (providers.FirstOrDefault(p => p.Name == told.Provider) is not { } provider)
        {
            // only it knows what came of what it was asked: not done until it is back, or staff have found out
            if (await asks.IsAskedAsync(scope, told.OrderId, told.Provider!, told.PaymentId!, cancellationToken))
            {
                throw new RefundRefusedException(new CommerceError(CommerceErrors.ProviderNotUsable, $"{told.Provider} was asked to give the payment back and is switched off since."));
            }

            return;
        }

        if (await asks.NextAsync(scope, told.OrderId, told.Provider!, told.PaymentId!, cancellationToken) is not { } ask)
        {
            return;
        }

        var result = await provider.RefundAsync(ask, cancellationToken);
        if (!result.Succeeded)
        {
            await asks.RefusedAsync(scope, ask, provider.Name, CancellationToken.None);
            throw new RefundRefusedException(result.Errors[0]);
        }

        // Nothing: a callback will tell.
        if (result.Value is { } done && (await intake.ApplyAsync(scope, done, CancellationToken.None)).Error is { } error)
        {
            throw new RefundRefusedException(error);
        }
    }
}

/// <summary>The gateway didn't give the money back; the outbox tries again, and at last shows it among the dead letters.</summary>
internal sealed class RefundRefusedException(CommerceError error) : Exception($"The refund was refused: {error.Code}: {error.Message}");
