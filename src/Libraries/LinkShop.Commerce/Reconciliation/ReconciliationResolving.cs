using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Deals with a difference, once: what moves money does so in the transaction that records it.</summary>
internal sealed class ReconciliationResolving(PaymentIntake intake, WriteOffs writeOffs, TimeProvider clock)
{
    private const int MaxNote = 1000;

    // what was told shortly before the file was compared may not have been stored yet, or by another machine's clock
    private static readonly TimeSpan Underway = TimeSpan.FromMinutes(5);

    private const string Resolve = """
        update reconciliation_item set state = 'Resolved', action = @action, note = @note, resolved_by = @actor, resolved_at = @now, posted = @posted
        where tenant = @tenant and reconciliation_id = @reconciliationId and item = @itemId
        """;

    private const string WrittenOffIn = """
        select o.reconciliation_id from reconciliation_item i join reconciliation_item o on o.tenant = i.tenant and o.provider = i.provider and o.event_id = i.event_id and o.reconciliation_id <> i.reconciliation_id and o.posted is not null
        where i.tenant = @tenant and i.reconciliation_id = @reconciliationId and i.item = @id limit 1
        """;

    // without a reference of the provider's on both sides, one of a time that both files are about is the same; one that was taken over before a file was compared is among our events for it
    private const string TakenOverIn = """
        select o.reconciliation_id from reconciliation_item i join reconciliation f on f.tenant = i.tenant and f.id = i.reconciliation_id
          join reconciliation_item o on o.tenant = i.tenant and o.provider = i.provider and o.payment_id = i.payment_id and o.type = i.type and o.their_amount = i.their_amount
            and o.their_currency = i.their_currency and o.reconciliation_id <> i.reconciliation_id and o.action = 'taken_over' and o.resolved_at >= f.created_at
          join reconciliation g on g.tenant = o.tenant and g.id = o.reconciliation_id
        where i.tenant = @tenant and i.reconciliation_id = @reconciliationId and i.item = @id
          and case when o.reference is null or i.reference is null then o.at >= f.period_from and o.at < f.period_until and i.at >= g.period_from and i.at < g.period_until else o.reference = i.reference end limit 1
        """;

    // its period has the event, and it doesn't report it as missing
    private const string HadBy = """
        select f.id from reconciliation_item i join payment_events e on e.tenant = i.tenant and e.provider = i.provider and e.event_id = i.event_id
          join reconciliation f on f.tenant = i.tenant and f.provider = i.provider and f.id <> i.reconciliation_id and f.period_from <= e.occurred_at and f.period_until > e.occurred_at
        where i.tenant = @tenant and i.reconciliation_id = @reconciliationId and i.item = @id
          and not exists (select 1 from reconciliation_item o where o.tenant = f.tenant and o.provider = f.provider and o.event_id = e.event_id and o.reconciliation_id = f.id and o.outcome = 'MissingThere') limit 1
        """;

    private const string CountResolved = "update reconciliation set open_items = open_items - 1 where tenant = @tenant and id = @reconciliationId";

    public async Task<CommerceResult<ReconciliationItem>> ResolveAsync(
        TenantScope scope, string reconciliationId, int itemId, string action, string? note, string actor, CancellationToken cancellationToken)
    {
        var kept = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if ((ReconciliationTexts.Problem(actor, "actor", 128) ?? (kept is null ? null : ReconciliationTexts.Problem(kept, "note", MaxNote))) is { } error)
            return error;
        try
        {
            return await intake.WriteAsync(scope, (c, deliver) => ResolveAsync(c, reconciliationId, itemId, action, kept, actor, deliver), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<ReconciliationItem>.Failure(refused.Errors);
        }
    }

    private async Task<CommerceResult<ReconciliationItem>> ResolveAsync(ICommerceConnection connection, string reconciliationId, int itemId, string action, string? note, string actor, bool deliver)
    {
        // what other files of the provider say counts too: they come, and are dealt with, one after the other
        if (action is ReconciliationActions.WrittenOff or ReconciliationActions.TakenOver && connection.Dialect == CommerceDialect.Postgres && await ReconciliationReads.FindAsync(connection, reconciliationId).ConfigureAwait(false) is { } file)
            connection.Defer(ReconciliationStore.Lock, new { file.Provider });
        if (await FindAsync(connection, reconciliationId, itemId).ConfigureAwait(false) is not { } item)
            return new CommerceError(CommerceErrors.NotFound, "There is no such item.", "itemId");
        if (!ReconciliationActions.For(item).Contains(action, StringComparer.Ordinal))
            return new CommerceError(CommerceErrors.Invalid, $"An item that is {ReconciliationActions.CodeOf(item.Outcome)} can't be {action}.", "action");
        if (item.State == ReconciliationItemState.Resolved)
        {
            return item.Action == action && item.Note == note
                ? item
                : new CommerceError(CommerceErrors.Conflict, $"The item was resolved with {item.Action} by {item.ResolvedBy}.", "action");
        }

        var posted = await PostAsync(connection, item, action, actor, note, deliver).ConfigureAwait(false);
        connection.Defer(CountResolved, new { reconciliationId });
        await connection.ExecuteAsync(Resolve, new { action, note, actor, now = clock.GetUtcNow(), posted = posted?.Minor, reconciliationId, itemId }).ConfigureAwait(false);
        return (await ReconciliationReads.FindItemAsync(connection, reconciliationId, itemId).ConfigureAwait(false))!;
    }

    private async Task<Money?> PostAsync(ICommerceConnection connection, ReconciliationItem item, string action, string actor, string? note, bool deliver)
    {
        switch (action)
        {
            case ReconciliationActions.TakenOver:
                // a payment is one by its id; what went back of it has none
                if (item.Type != SettlementType.Payment && await connection.QuerySingleOrDefaultAsync<string>(TakenOverIn, new { item.ReconciliationId, item.Id }).ConfigureAwait(false) is { } before)
                    throw new RefusedException(CommerceErrors.AlreadyTakenOver, $"It was taken over already; see reconciliation {before}.", before);
                var file = (await ReconciliationReads.FindAsync(connection, item.ReconciliationId).ConfigureAwait(false))!;
                await intake.TakeAsync(connection, Told(item), file.CreatedAt - Underway, actor, note, deliver).ConfigureAwait(false);
                return item.Theirs;
            case ReconciliationActions.WrittenOff:
                await OnceAsync(connection, item).ConfigureAwait(false);
                await writeOffs.PostAsync(connection, item).ConfigureAwait(false);
                return item.Excess;
            default:
                return null;
        }
    }

    /// <summary>What the provider has is one, however many files are compared with it.</summary>
    /// <exception cref="RefusedException">It was written off by another file's item, or isn't missing by another file.</exception>
    private static async Task OnceAsync(ICommerceConnection connection, ReconciliationItem item)
    {
        var about = new { item.ReconciliationId, item.Id };
        if (await connection.QuerySingleOrDefaultAsync<string>(WrittenOffIn, about).ConfigureAwait(false) is { } other)
            throw new RefusedException(CommerceErrors.AlreadyWrittenOff, $"It was written off already; see reconciliation {other}.", other);
        if (item.Outcome == ReconciliationOutcome.MissingThere && await connection.QuerySingleOrDefaultAsync<string>(HadBy, about).ConfigureAwait(false) is { } file)
            throw new RefusedException(CommerceErrors.HadByAnotherFile, $"Another file had it; see reconciliation {file}.", file);
    }

    /// <summary>What the provider should have told. When it does after all, with an id of its own, that is the same and changes nothing.</summary>
    private static PaymentEvent Told(ReconciliationItem item) => new()
    {
        Provider = item.Provider,
        EventId = WriteOffs.IdOf(item.ReconciliationId, item.Id),
        PaymentId = item.PaymentId,
        OrderId = item.OrderId!,
        Kind = item.Type switch
        {
            SettlementType.Refund => PaymentEventKind.Refunded,
            SettlementType.Chargeback => PaymentEventKind.DisputeLost,
            _ => PaymentEventKind.Paid,
        },
        Amount = item.Theirs!.Value,
        OccurredAt = item.At,
    };

    /// <summary>Locks the reconciliation before its item, as the import of a later file does.</summary>
    private static Task<ReconciliationItem?> FindAsync(ICommerceConnection connection, string reconciliationId, int itemId)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            connection.Defer(ReconciliationStore.LockOne, new { reconciliationId });
        return ReconciliationReads.FindItemAsync(connection, reconciliationId, itemId);
    }
}
