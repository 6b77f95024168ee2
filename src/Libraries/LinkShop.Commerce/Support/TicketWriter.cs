using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Support;

/// <summary>Adds messages to tickets.</summary>
internal sealed class TicketWriter(ICommerceDatabase database, ISecretProtector protector, TicketLimits limits, IOutbox outbox, TimeProvider clock)
{
    private const string Known = "select ticket_id, number from ticket_message where tenant = @tenant and id = @id";

    private const string Written = """
        update ticket set state = @state, messages = messages + 1, unread = @unread, changed_at = @now, waiting_since = @waitingSince where tenant = @tenant and id = @ticketId
        """;

    internal static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such ticket or order, or this doesn't open it.");

    internal static readonly CommerceError Taken = new(CommerceErrors.Conflict, "This message was sent before with another content.", "id");

    public static Task<KnownMessage?> FindAsync(ICommerceConnection connection, string messageId) =>
        connection.QuerySingleOrDefaultAsync<KnownMessage>(Known, new { id = messageId });

    public async Task<CommerceResult<TicketState>> WriteAsync(TenantScope scope, string ticketId, TicketAccess access, MessageDraft draft, string? actor, CancellationToken cancellationToken)
    {
        var errors = new List<CommerceError>();
        TicketRules.Check(draft, errors);
        if (errors.Count > 0)
            return CommerceResult<TicketState>.Failure(errors);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var message = SealedMessage.Of(draft, cipher);
        return await database.WriteAsync<CommerceResult<TicketState>>(scope, async c =>
        {
            if (await TicketRow.LockAndReadAsync(c, ticketId).ConfigureAwait(false) is not { } ticket || !ticket.Allows(access, cipher))
                return NotFound;
            if (await FindAsync(c, message.Id).ConfigureAwait(false) is { } known)
                return known.TicketId == ticketId ? ticket.State : Taken;
            return await AddAsync(c, ticket, message, actor).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommerceResult<TicketState>> AddAsync(ICommerceConnection connection, TicketRow ticket, SealedMessage message, string? actor)
    {
        var (now, byStaff) = (clock.GetUtcNow(), actor is not null);
        if (ticket.Messages >= TicketRules.MaxMessages)
            return new CommerceError(CommerceErrors.TooLong, $"A conversation has at most {TicketRules.MaxMessages} messages: open another one.", "ticket");
        if (!byStaff && await limits.CheckAsync(connection, message, ticket.OrderId, ticket.Id, now).ConfigureAwait(false) is { } refused)
            return refused;
        if (TicketTransitions.After(ticket.State, byStaff ? TicketStep.StaffWrites : TicketStep.BuyerWrites) is not { } state)
            return new CommerceError(CommerceErrors.IllegalTransition, $"Nothing can be written in a ticket that is {ticket.State}.");
        var number = ticket.Messages + 1;
        message.Add(connection, ticket.Id, number, byStaff ? TicketAuthor.Staff : TicketAuthor.Buyer, actor, now);
        // who writes has read what stood above
        connection.Defer(Written, new
        {
            ticketId = ticket.Id,
            state,
            now,
            unread = byStaff ? ticket.Unread + 1 : 0,
            waitingSince = byStaff ? (DateTimeOffset?)null : ticket.WaitingSince ?? now,
        });
        outbox.Add(connection, byStaff ? TicketEvents.Answered : TicketEvents.Asked, new TicketEvent(ticket.Id, number));
        return state;
    }
}

/// <summary>Where a message id was used before.</summary>
internal sealed record KnownMessage(string TicketId, int Number);
