using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Ordering;

/// <summary>What the merchant's staff do with orders.</summary>
internal sealed class OrderDesk(
    ICommerceDatabase database, ISecretProtector protector, OrderReader reader, OrderSearcher searcher, OrderStatistics statistics,
    OrderRelease release, PaymentIntake intake, PaymentSettlement settlement, IOutbox outbox, TimeProvider clock) : IOrderDesk
{
    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such order.");

    private const string CountTasks = "select count(*) from order_tasks where tenant = @tenant and order_id = @orderId";

    private const string AllDelivered = """
        update orders set fulfilment = 'Done', fulfilled_at = @now, state = @state where tenant = @tenant and id = @orderId
        """;

    public Task<OrderPage> SearchAsync(TenantScope scope, OrderSearch search, CancellationToken cancellationToken = default) => searcher.SearchAsync(scope, search, cancellationToken);

    public Task<OrderDashboard> DashboardAsync(TenantScope scope, DateTimeOffset from, DateTimeOffset to, TimeSpan offset, CancellationToken cancellationToken = default) =>
        statistics.DashboardAsync(scope, from, to, offset, cancellationToken);

    public Task<IReadOnlyList<OpenTask>> OpenTasksAsync(TenantScope scope, int take = 100, CancellationToken cancellationToken = default) => statistics.OpenTasksAsync(scope, take, cancellationToken);

    public Task<IReadOnlyList<RefundDue>> RefundsDueAsync(TenantScope scope, int take = 100, CancellationToken cancellationToken = default) => statistics.RefundsDueAsync(scope, take, cancellationToken);

    public async Task<OrderDetail?> DetailAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await database.ReadAsync(scope, async c =>
        {
            var rows = await c.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }).ConfigureAwait(false);
            if (rows.Count == 0)
                return null;
            var order = rows[0];
            var payments = await c.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false);
            var tasks = await c.QueryAsync<int>("select line from order_tasks where tenant = @tenant and order_id = @orderId order by line", new { orderId }).ConfigureAwait(false);
            return new OrderDetail(
                await reader.ViewAsync(c, rows, cipher, withSecrets: false).ConfigureAwait(false),
                order.Contact is null ? null : cipher.Decrypt(order.Contact),
                order.UserId,
                [.. payments.Select(p => View(p, order))],
                await OrderHistory.ReadAsync(c, order).ConfigureAwait(false),
                tasks,
                order.SupplyShop,
                order.Fulfilment != Fulfilment.None || (HasMoney(order) && !IsGoingBack(order, payments)));
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<string?> ContactAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default)
    {
        var stored = await database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<byte[]>("select contact from orders where tenant = @tenant and id = @orderId", new { orderId }), cancellationToken).ConfigureAwait(false);
        return stored is null ? null : (await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false)).Decrypt(stored);
    }

    public Task<CommerceResult<OrderState>> RedeliverAsync(TenantScope scope, string orderId, string actor, CancellationToken cancellationToken = default) =>
        WriteAsync<OrderState>(scope, orderId, async (c, rows) =>
        {
            var order = rows[0];
            if (order.Fulfilment != Fulfilment.None)
            {
                OrderHistory.Add(c, orderId, "redelivered", actor, null, clock.GetUtcNow());
                if (order.Fulfilment == Fulfilment.Done)
                    outbox.Add(c, OrderEvents.Fulfilled, new OrderEvent(orderId));
                return order.State;
            }

            var payments = await c.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false);
            if (!HasMoney(order))
                return Illegal($"An order that {order.State.Words()} has no payment to deliver for.");
            if (IsGoingBack(order, payments))
                return Illegal("Its money was asked back or is decided to go back.");
            OrderHistory.Add(c, orderId, "redelivered", actor, null, clock.GetUtcNow());
            return await settlement.SettleAsync(c, rows, [.. payments], deliver: true, clock.GetUtcNow(), retry: true).ConfigureAwait(false);
        }, cancellationToken);

    public async Task<CommerceResult<OrderState>> ConfirmByHandAsync(TenantScope scope, string orderId, string actor, string note, CancellationToken cancellationToken = default)
    {
        var order = await database.ReadAsync(scope, c => c.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }), cancellationToken).ConfigureAwait(false);
        if (order.Count == 0)
            return NotFound;
        if (order[0].PaidAt is not null && order[0].CapturedPayment?.StartsWith(PaymentFacts.Manual + "/", StringComparison.Ordinal) != true)
            return Illegal($"The order {order[0].State.Words()} already.");
        var confirmation = new PaymentEvent
        {
            Provider = PaymentFacts.Manual,
            EventId = orderId,
            PaymentId = orderId,
            OrderId = orderId,
            Kind = PaymentEventKind.Paid,
            Amount = new Money(order[0].Total, order[0].Currency),
            OccurredAt = clock.GetUtcNow(),
        };
        return await ApplyAsync(scope, confirmation, actor, note, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<OrderState>> MarkGivenBackAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, string note, GivenBackBy by = GivenBackBy.Provider, CancellationToken cancellationToken = default)
    {
        if (await DetailAsync(scope, orderId, cancellationToken).ConfigureAwait(false) is not { } detail)
            return NotFound;
        var payment = detail.Payments.FirstOrDefault(p => p.Provider == provider && p.PaymentId == paymentId);
        if (payment is null || payment.RefundDue.IsZero)
            return Illegal("Nothing of this payment is to be given back.");
        var returned = new PaymentEvent
        {
            Provider = provider,
            // of a payment that was confirmed by hand the bank has everything anyway
            EventId = (by == GivenBackBy.Bank && provider != PaymentFacts.Manual ? PaymentEventStore.FromBank : PaymentEventStore.ByHand) + RefundIds.Of(orderId, payment),
            PaymentId = paymentId,
            OrderId = orderId,
            Kind = PaymentEventKind.Refunded,
            Amount = payment.RefundDue,
            OccurredAt = clock.GetUtcNow(),
        };
        return await ApplyAsync(scope, returned, actor, note, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<OrderState>> CancelAsync(TenantScope scope, string orderId, string actor, string note, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(scope, async c =>
        {
            var result = await OrderingService.CancelAsync(c, release, orderId).ConfigureAwait(false);
            if (result.Succeeded)
                OrderHistory.Add(c, orderId, "cancelled", actor, note, clock.GetUtcNow());
            return result;
        }, cancellationToken).ConfigureAwait(false);

    public async Task<CommerceResult<OrderState>> DeliverByHandAsync(TenantScope scope, string orderId, int line, string text, string actor, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new CommerceError(CommerceErrors.Required, "What is delivered is missing.", "text");
        if (text.Length > 10_000)
            return new CommerceError(CommerceErrors.TooLong, "At most 10,000 characters.", "text");
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await WriteAsync<OrderState>(scope, orderId, async (c, rows) =>
        {
            if (rows[0].State == OrderState.Disputed)
                return Illegal("The payment is disputed.");
            if (!await OrderTasks.CloseAsync(c, orderId, line).ConfigureAwait(false))
                return Illegal("Nothing is to be delivered for this line.");
            var now = clock.GetUtcNow();
            Delivery.Insert(c, orderId, line, 1, null, cipher.Encrypt(text), now, actor);
            if (await c.QuerySingleOrDefaultAsync<int>(CountTasks, new { orderId }).ConfigureAwait(false) > 0)
                return rows[0].State;
            var state = rows[0].State == OrderState.Fulfilling ? OrderState.Fulfilled : rows[0].State;
            OrderTransitions.Require(rows[0].State, state);
            c.Defer(AllDelivered, new { orderId, state, now });
            await OrderBooks.BeginReleaseAsync(c, rows[0], now).ConfigureAwait(false);
            outbox.Add(c, OrderEvents.Fulfilled, new OrderEvent(orderId));
            return state;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<IReadOnlyDictionary<string, string>>> RevealFieldsAsync(TenantScope scope, string orderId, int line, string actor, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await WriteAsync<IReadOnlyDictionary<string, string>>(scope, orderId, async (c, rows) =>
        {
            var fields = rows.FirstOrDefault(r => r.Line == line) is { } row ? await reader.SecretFieldsAsync(c, row, cipher).ConfigureAwait(false) : [];
            if (fields.Count == 0)
                return NotFound;
            OrderHistory.Add(c, orderId, "fields_revealed", actor, string.Join(", ", fields.Keys), clock.GetUtcNow());
            return fields;
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommerceResult<OrderState>> ApplyAsync(TenantScope scope, PaymentEvent told, string actor, string note, CancellationToken cancellationToken)
    {
        var outcome = await intake.ApplyAsync(scope, told, actor, note, cancellationToken).ConfigureAwait(false);
        return outcome.Error is { } error ? error : outcome.State!.Value;
    }

    private async Task<CommerceResult<T>> WriteAsync<T>(TenantScope scope, string orderId, Func<ICommerceConnection, IReadOnlyList<OrderRow>, Task<CommerceResult<T>>> work, CancellationToken cancellationToken) =>
        await database.WriteAsync(scope, async c =>
        {
            var rows = await OrderRow.LockAndReadAsync(c, orderId).ConfigureAwait(false);
            return rows.Count == 0 ? NotFound : await work(c, rows).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);

    private static bool HasMoney(OrderRow order) => order.Total > 0 && order.RefundDue + order.Captured >= order.Total;

    // who was asked for the money can pay it out at any moment: delivering too would give both away
    private static bool IsGoingBack(OrderRow order, IReadOnlyList<PaymentFacts> payments) => order.RefundApproved > 0 || payments.Any(p => p.RefundAsked > 0);

    private static CommerceError Illegal(string message) => new(CommerceErrors.IllegalTransition, message);

    private static PaymentView View(PaymentFacts payment, OrderRow order)
    {
        Money In(long minor) => new(minor, order.Currency);
        return new PaymentView(payment.Provider, payment.PaymentId, In(payment.Paid), In(payment.GivenBack), payment.Key == order.CapturedPayment, In(payment.RefundDue), payment.OpenDispute, payment.FirstAt, In(payment.Excess)) { Superseded = payment.Superseded, UnderWay = payment.RefundUnderWay, SaidNo = payment.RefundRefused };
    }
}
