using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Credits;

/// <inheritdoc />
internal sealed class CreditPayments(ICommerceDatabase database, PaymentIntake intake, TimeProvider clock) : ICreditPayments
{
    private const string Total = "select total, currency from orders where tenant = @tenant and id = @orderId and user_id = @userId";

    private const string Open = "select total, currency from orders where tenant = @tenant and id = @orderId and user_id = @userId and state = 'AwaitingPayment'";

    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such order of this user.");

    public Task<IReadOnlyList<CreditStanding>> OffersAsync(TenantScope scope, string orderId, string userId, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<CreditStanding>>(scope, async c =>
        {
            if (await c.QuerySingleOrDefaultAsync<TotalRow>(Open, new { orderId, userId }).ConfigureAwait(false) is not { } order)
                return [];
            var standings = await CreditReads.StandingsAsync(c, userId).ConfigureAwait(false);
            return [.. standings.Where(s => s.Available.Currency == order.Currency && s.Available.Minor >= order.Total)];
        }, cancellationToken);

    public async Task<CommerceResult<OrderState>> PayAsync(TenantScope scope, string orderId, string userId, CreditKind kind, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(userId))
            return NotFound;
        if (!Enum.IsDefined(kind))
            return new CommerceError(CommerceErrors.Invalid, "There is no such kind of credit.", "kind");
        try
        {
            return await database.WriteAsync(scope, c => PayAsync(c, orderId, userId, kind), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<OrderState>.Failure(refused.Errors);
        }
        catch (StockMissingException missing)
        {
            // no money came from outside, so there is none to keep for what can't be delivered
            return new CommerceError(CommerceErrors.SoldOut, missing.Message);
        }
    }

    private async Task<CommerceResult<OrderState>> PayAsync(ICommerceConnection connection, string orderId, string userId, CreditKind kind)
    {
        // neither the total nor the buyer ever changes: the order's lock comes with the payment
        if (await connection.QuerySingleOrDefaultAsync<TotalRow>(Total, new { orderId, userId }).ConfigureAwait(false) is not { } order)
            return NotFound;
        return await intake.PayAsync(connection, new PaymentEvent
        {
            Provider = CreditAccounts.ProviderOf(kind),
            EventId = "pay-" + orderId,
            PaymentId = orderId,
            OrderId = orderId,
            Kind = PaymentEventKind.Paid,
            Amount = new Money(order.Total, order.Currency),
            OccurredAt = clock.GetUtcNow(),
        }, userId).ConfigureAwait(false);
    }

    private sealed record TotalRow(long Total, string Currency);
}
