using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Refunds;

/// <inheritdoc />
internal sealed class Refunds(ICommerceDatabase database, PaymentSettlement settlement, FeePolicies policies, IKeyStock stock, IOutbox outbox, TimeProvider clock) : IRefunds
{
    private const string Answer = """
        update refund set state = @state, payer = @payer, revokes = @revokes, decided_by = @actor, note = @note, decided_at = @now
        where tenant = @tenant and id = @id and (state = 'Requested' or (state = 'Escalated' and @forPlatform))
        """;

    private const string Withdraw = """
        update refund set state = 'Declined', decided_by = @by, decided_at = @now
        where tenant = @tenant and id = @id and order_id = @orderId and requested_by = @by and state in ('Requested', 'Escalated')
        """;

    private const string HandOver = "update refund set state = 'Escalated', answer_due = @now where tenant = @tenant and id = @id and order_id = @orderId and state = 'Requested'";

    private const string Keys = "select key_id from deliveries where tenant = @tenant and order_id = @orderId and key_id is not null and line ";

    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such order or refund.");

    private static readonly CommerceError Answered = new(CommerceErrors.IllegalTransition, "This request was answered already.");

    private static readonly CommerceError PlatformDecides = new(CommerceErrors.PlatformDecides, "Only the platform answers an overdue request, or bears a refund.");

    public Task<CommerceResult<RefundView>> RequestAsync(TenantScope scope, RefundDraft draft, CancellationToken cancellationToken = default) =>
        OnceAsync(scope, draft, async (c, rows) =>
        {
            var before = await RefundRows.ReadAsync(c, RefundRows.OfOrder, new { orderId = draft.OrderId }).ConfigureAwait(false);
            if (before.Any(r => r.DecidedAt is null))
                return new CommerceError(CommerceErrors.RefundOpen, "A request for this order is waiting for its answer.");
            if (draft.ToPlatform && !RefundView.MayAskPlatform(before))
                return new CommerceError(CommerceErrors.IllegalTransition, "The platform is asked once, after the shop has declined.");
            var now = clock.GetUtcNow();
            var policy = await policies.CurrentAsync(c).ConfigureAwait(false);
            var (state, due) = draft.ToPlatform ? (RefundState.Escalated, now) : (RefundState.Requested, now.AddHours(policy.RefundAnswerHours));
            RefundRows.Add(c, draft with { Payer = RefundPayer.Merchant, RevokeKeys = false }, state, RefundView.Buyer, due, now);
            outbox.Add(c, draft.ToPlatform ? RefundEvents.Escalated : RefundEvents.Requested, new OrderEvent(draft.OrderId));
            return null;
        }, cancellationToken);

    public Task<CommerceResult<RefundView>> WithdrawAsync(TenantScope scope, string orderId, string id, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<RefundView>>(scope, async c =>
        {
            var changed = await c.ExecuteAsync(Withdraw, new { id, orderId, by = RefundView.Buyer, now = clock.GetUtcNow() }).ConfigureAwait(false);
            if (await RefundRows.ReadAsync(c, RefundRows.ById, new { id }).ConfigureAwait(false) is not [var asked] || asked.OrderId != orderId)
                return NotFound;
            return changed > 0 ? asked : Answered;
        }, cancellationToken);

    public Task<CommerceResult<RefundView>> HandOverAsync(TenantScope scope, string orderId, string id, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<RefundView>>(scope, async c =>
        {
            var changed = await c.ExecuteAsync(HandOver, new { id, orderId, now = clock.GetUtcNow() }).ConfigureAwait(false);
            if (await RefundRows.ReadAsync(c, RefundRows.ById, new { id }).ConfigureAwait(false) is not [var asked] || asked.OrderId != orderId)
                return NotFound;
            if (changed > 0)
                outbox.Add(c, RefundEvents.Escalated, new OrderEvent(orderId));
            return asked.State == RefundState.Escalated ? asked : Answered;
        }, cancellationToken);

    public Task<CommerceResult<RefundView>> GrantAsync(TenantScope scope, RefundDraft draft, string actor, bool forPlatform, CancellationToken cancellationToken = default) =>
        OnceAsync(scope, draft, async (c, rows) =>
        {
            if (draft.Payer == RefundPayer.Platform && !forPlatform)
                return PlatformDecides;
            RefundRows.Add(c, draft, RefundState.Approved, actor, null, clock.GetUtcNow());
            await GiveBackAsync(c, rows, draft.Lines, draft.RevokeKeys, forPlatform).ConfigureAwait(false);
            return null;
        }, cancellationToken);

    public async Task<CommerceResult<RefundView>> AnswerAsync(
        TenantScope scope, string id, bool approve, RefundPayer payer, bool revokeKeys, string actor, string? note, bool forPlatform, IReadOnlyList<RefundLine>? lines = null, CancellationToken cancellationToken = default)
    {
        if (!approve && string.IsNullOrWhiteSpace(note))
            return new CommerceError(CommerceErrors.Required, "Tell the buyer why.", "note");
        if (note?.Length > 1000)
            return new CommerceError(CommerceErrors.TooLong, "At most 1,000 characters.", "note");
        if (!Enum.IsDefined(payer))
            return new CommerceError(CommerceErrors.Invalid, "There is no such payer.", "payer");
        return await RefusableAsync(scope, async c =>
        {
            if ((await RefundRows.ReadAsync(c, RefundRows.ById, new { id }).ConfigureAwait(false)) is not [var asked])
                return NotFound;
            var rows = await OrderRow.LockAndReadAsync(c, asked.OrderId).ConfigureAwait(false);
            if (!forPlatform && (asked.State == RefundState.Escalated || payer == RefundPayer.Platform))
                return PlatformDecides;
            var agreed = lines ?? asked.Lines;
            if (approve && (RefundLimits.Less(asked.Lines, agreed, note) ?? await RefundLimits.CheckAsync(c, rows, agreed).ConfigureAwait(false)) is { } error)
                return error;
            var state = approve ? RefundState.Approved : RefundState.Declined;
            if (await c.ExecuteAsync(Answer, new { id, state, payer, revokes = approve && revokeKeys, actor, note, forPlatform, now = clock.GetUtcNow() }).ConfigureAwait(false) == 0)
                return Answered;
            if (approve && agreed.Sum(l => l.Minor) < asked.Amount.Minor)
                await RefundRows.LessenAsync(c, id, agreed).ConfigureAwait(false);
            if (approve)
                await GiveBackAsync(c, rows, agreed, revokeKeys, forPlatform).ConfigureAwait(false);
            outbox.Add(c, RefundEvents.Answered, new OrderEvent(asked.OrderId));
            return (await RefundRows.ReadAsync(c, RefundRows.ById, new { id }).ConfigureAwait(false))[0];
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<RefundStanding> StandingAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default) => database.ReadAsync(scope, async c =>
    {
        if (await c.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }).ConfigureAwait(false) is not [var order, ..])
            return RefundStanding.None;
        var kept = await RefundLimits.KeptAsync(c, order).ConfigureAwait(false);
        return new RefundStanding(await RefundRows.ReadAsync(c, RefundRows.OfOrder, new { orderId }).ConfigureAwait(false), kept.ToDictionary(k => k.Key, k => new Money(k.Value, order.Currency)));
    }, cancellationToken);

    public Task<IReadOnlyList<RefundView>> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => RefundRows.ReadAsync(c, RefundRows.OfOrder, new { orderId }), cancellationToken);

    public Task<IReadOnlyList<RefundView>> OpenAsync(TenantScope scope, int take = 100, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => RefundRows.ReadAsync(c, RefundRows.Open, new { take = Math.Clamp(take, 1, 500) }), cancellationToken);

    public Task<int> EscalateAsync(CancellationToken cancellationToken = default) =>
        database.InEachAsync(each => EscalateAsync(each, cancellationToken), cancellationToken);

    private async Task<int> EscalateAsync(ICommerceDatabase each, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await each.WriteSystemAsync(async c =>
        {
            var due = await c.QueryAsync<(string Tenant, string OrderId)>(
                "update refund set state = 'Escalated' where state = 'Requested' and answer_due <= @now and tenant not in (select tenant from tenant_move) returning tenant, order_id", new { now }).ConfigureAwait(false);
            foreach (var (tenant, orderId) in due)
                outbox.Add(c, RefundEvents.Escalated, new OrderEvent(orderId), tenant);
            return due.Count;
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommerceResult<RefundView>> OnceAsync(
        TenantScope scope, RefundDraft draft, Func<ICommerceConnection, IReadOnlyList<OrderRow>, Task<CommerceError?>> work, CancellationToken cancellationToken)
    {
        if (RefundLimits.Malformed(draft) is { } malformed)
            return malformed;
        return await RefusableAsync(scope, async c =>
        {
            var rows = await OrderRow.LockAndReadAsync(c, draft.OrderId).ConfigureAwait(false);
            if (rows.Count == 0)
                return NotFound;
            if ((await RefundRows.ReadAsync(c, RefundRows.ById, new { id = draft.Id }).ConfigureAwait(false)) is [var known])
                return known.OrderId == draft.OrderId && known.Lines.SequenceEqual(draft.Lines) ? known : new CommerceError(CommerceErrors.Conflict, "This refund was made before with another content.", "id");
            if (await RefundLimits.CheckAsync(c, rows, draft.Lines).ConfigureAwait(false) is { } refused)
                return refused;
            if (await work(c, rows).ConfigureAwait(false) is { } error)
                return error;
            return (await RefundRows.ReadAsync(c, RefundRows.ById, new { id = draft.Id }).ConfigureAwait(false))[0];
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommerceResult<RefundView>> RefusableAsync(TenantScope scope, Func<ICommerceConnection, Task<CommerceResult<RefundView>>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(scope, work, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<RefundView>.Failure(refused.Errors);
        }
    }

    /// <exception cref="RefusedException">Somebody would owe by it who was paid out already: that is the platform's money, so only who decides for it may do that.</exception>
    private async Task GiveBackAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, IReadOnlyList<RefundLine> lines, bool revokeKeys, bool forPlatform)
    {
        var order = rows[0];
        var owed = forPlatform ? 0 : await OrderDebts.OfAsync(connection, order.Id).ConfigureAwait(false);
        var payments = await connection.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId = order.Id }).ConfigureAwait(false);
        // what went back until now without a decision isn't what this one is about
        if (payments.FirstOrDefault(p => p.Key == order.CapturedPayment) is { } captured)
            captured.Undecided = Math.Max(captured.Undecided, captured.GivenBack - order.RefundApproved);
        order.RefundApproved = checked(order.RefundApproved + lines.Sum(l => l.Minor));
        if (revokeKeys)
        {
            var keys = await connection.QueryAsync<long>(Keys + connection.In("lines"), new { orderId = order.Id, lines = lines.Select(l => (long)l.Line).ToList() }).ConfigureAwait(false);
            if (keys.Count > 0)
                await stock.RevokeAsync(connection, order.Id, keys).ConfigureAwait(false);
        }

        if (revokeKeys && order.Supplies > 0)
            await SupplyDeliveries.RevokeAsync(connection, order.Id, lines, stock).ConfigureAwait(false);

        await settlement.SettleAsync(connection, rows, [.. payments], deliver: false, clock.GetUtcNow()).ConfigureAwait(false);
        // looked at afterwards, as the books alone know who gives what back; whatever they wrote goes with the refusal
        if (!forPlatform && await OrderDebts.OfAsync(connection, order.Id).ConfigureAwait(false) - owed is > 0 and var missing)
            throw new RefusedException([new(CommerceErrors.SellerShort, "Who earned by this has less left than it costs them.", "lines") { Facts = [new Money(missing, order.Currency)] }]);
    }
}
