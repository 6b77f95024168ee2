using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Support;

/// <inheritdoc />
internal sealed class Tickets(
    ICommerceDatabase database, ISecretProtector protector, TicketWriter writer, TicketLimits limits, LookupGuard guard, IOutbox outbox, TimeProvider clock) : ITickets
{
    private const string Insert = """
        insert into ticket (tenant, id, order_id, category, state, contact_hash, contact, user_id, password_hash, culture, messages, created_at, changed_at, waiting_since)
        values (@tenant, @id, @orderId, @category, 'Open', @contactHash, @contact, @userId, @passwordHash, @culture, 1, @now, @now, @now)
        """;

    private const string BuyerOfOrder = "select contact_hash, contact, user_id, culture from orders where tenant = @tenant and id = @orderId";

    private const string MarkRead = "update ticket set unread = 0 where tenant = @tenant and id = @ticketId and messages = @messages";

    private const string SelectPicture = "select kind, content from ticket_picture where tenant = @tenant and ticket_id = @ticketId and number = @number and position = @position";

    private const string ByUser = TicketRow.List + " and t.user_id = @userId and t.id < @before order by t.id desc limit 50";

    private const string General = "select t.id from ticket t where t.tenant = @tenant and t.user_id = @userId and t.order_id is null";

    private static readonly string[] s_forget =
    [
        $"delete from ticket_picture where tenant = @tenant and ticket_id in ({General})",
        $"delete from ticket_message where tenant = @tenant and ticket_id in ({General})",
        "delete from ticket where tenant = @tenant and user_id = @userId and order_id is null",
    ];

    private const string ByContact = TicketRow.List + " and t.contact_hash = @contactHash and t.password_hash is not null order by t.id desc limit 50";

    public async Task<CommerceResult<TicketReceipt>> OpenAsync(TenantScope scope, TicketDraft draft, CancellationToken cancellationToken = default)
    {
        var contact = draft.OrderId is null ? Contact.Normalize(draft.Contact) : null;
        var errors = TicketRules.Check(draft, contact);
        if (errors.Count > 0)
            return CommerceResult<TicketReceipt>.Failure(errors);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var message = SealedMessage.Of(draft.Message, cipher);
        var id = CommerceId.New(clock);
        var general = new Buyer(
            contact is null ? null : Contact.Hash(cipher, contact), contact is null ? null : cipher.Encrypt(contact), draft.UserId, draft.Culture);
        var passwordHash = draft.OrderId is null && !string.IsNullOrWhiteSpace(draft.LookupPassword) ? OrderSecrets.Password(cipher, id, draft.LookupPassword) : null;
        return await database.WriteAsync<CommerceResult<TicketReceipt>>(scope, async c =>
        {
            var buyer = draft.OrderId is { } orderId ? await c.QuerySingleOrDefaultAsync<Buyer>(BuyerOfOrder + c.ForUpdate(), new { orderId }).ConfigureAwait(false) : general;
            if (buyer is null)
                return TicketWriter.NotFound;
            if (await TicketWriter.FindAsync(c, message.Id).ConfigureAwait(false) is { } known)
                return await IsSameAsync(c, known, draft.OrderId, buyer).ConfigureAwait(false) ? new TicketReceipt(known.TicketId, TicketRow.TokenOf(cipher, known.TicketId)) : TicketWriter.Taken;
            var now = clock.GetUtcNow();
            if ((await limits.CheckAsync(c, message, draft.OrderId, null, now).ConfigureAwait(false)
                ?? await limits.CheckOpenAsync(c, draft.OrderId, buyer.ContactHash, buyer.UserId).ConfigureAwait(false)) is { } refused)
                return refused;
            c.Defer(Insert, new { id, draft.OrderId, draft.Category, buyer.ContactHash, buyer.Contact, buyer.UserId, passwordHash, culture = buyer.Culture, now });
            message.Add(c, id, 1, TicketAuthor.Buyer, null, now);
            outbox.Add(c, TicketEvents.Asked, new TicketEvent(id, 1));
            return new TicketReceipt(id, TicketRow.TokenOf(cipher, id));
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<CommerceResult<TicketState>> WriteAsync(TenantScope scope, string ticketId, TicketAccess access, MessageDraft message, CancellationToken cancellationToken = default) =>
        writer.WriteAsync(scope, ticketId, access, message, actor: null, cancellationToken);

    public async Task<TicketView?> ReadAsync(TenantScope scope, string ticketId, TicketAccess access, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var (view, unread) = await database.ReadAsync(scope, async c =>
        {
            var ticket = await c.QuerySingleOrDefaultAsync<TicketRow>(TicketRow.ById, new { ticketId }).ConfigureAwait(false);
            return ticket is null || !ticket.Allows(access, cipher)
                ? ((TicketView?)null, 0)
                : (ticket.View(cipher, await c.QueryAsync<MessageRow>(MessageRow.OfTicket, new { ticketId }).ConfigureAwait(false), access.IsStaff), ticket.Unread);
        }, cancellationToken).ConfigureAwait(false);
        // an answer that came since isn't read yet
        if (view is not null && unread > 0 && !access.IsStaff)
            await database.WriteAsync(scope, c => c.ExecuteAsync(MarkRead, new { ticketId, messages = view.Messages.Count }), cancellationToken).ConfigureAwait(false);
        return view;
    }

    public async Task<TicketPicture?> PictureAsync(TenantScope scope, string ticketId, TicketAccess access, int number, int position, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var stored = await database.ReadAsync(scope, async c =>
            await c.QuerySingleOrDefaultAsync<TicketRow>(TicketRow.ById, new { ticketId }).ConfigureAwait(false) is { } ticket && ticket.Allows(access, cipher)
                ? await c.QuerySingleOrDefaultAsync<Picture>(SelectPicture, new { ticketId, number, position }).ConfigureAwait(false)
                : null, cancellationToken).ConfigureAwait(false);
        if (stored is null)
            return null;
        var (contentType, extension) = PictureKinds.Describe(stored.Kind);
        return new TicketPicture(contentType, extension, cipher.DecryptBytes(stored.Content));
    }

    public Task<IReadOnlyList<TicketSummary>> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default) =>
        ListAsync(scope, TicketRow.OfOrder, new { orderId }, _ => true, cancellationToken);

    public Task<IReadOnlyList<TicketSummary>> OfUserAsync(TenantScope scope, string userId, string? before = null, CancellationToken cancellationToken = default) =>
        ListAsync(scope, ByUser, new { userId, before = before ?? "ZZZ" }, _ => true, cancellationToken);

    public Task ForgetAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(scope, c => c.ExecuteBatchAsync([.. s_forget.Select(sql => (sql, (object?)new { userId }))]), cancellationToken);

    public async Task<CommerceResult<IReadOnlyList<TicketSummary>>> LookupAsync(TenantScope scope, string? contact, string? password, string? clientAddress, CancellationToken cancellationToken = default)
    {
        var normalized = Contact.Normalize(contact);
        if (normalized is null)
            return new CommerceError(string.IsNullOrWhiteSpace(contact) ? CommerceErrors.Required : CommerceErrors.Invalid, "An e-mail address or phone number is required.", "contact");
        if (string.IsNullOrWhiteSpace(password))
            return new CommerceError(CommerceErrors.Required, "The lookup password is required.", "lookupPassword");
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var contactHash = Contact.Hash(cipher, normalized);
        if (await guard.BeginAsync(scope, contactHash, Contact.HashAddress(cipher, clientAddress), cancellationToken).ConfigureAwait(false) is not { } attempt)
            return new CommerceError(CommerceErrors.TooManyAttempts, "Too many wrong attempts. Try again later.");
        var found = await ListAsync(scope, ByContact, new { contactHash }, t => OrderSecrets.IsPassword(cipher, t.Id, t.PasswordHash, password), cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
            return TicketWriter.NotFound;
        await guard.SucceededAsync(scope, attempt, cancellationToken).ConfigureAwait(false);
        return CommerceResult<IReadOnlyList<TicketSummary>>.Success(found);
    }

    private async Task<IReadOnlyList<TicketSummary>> ListAsync(TenantScope scope, string sql, object parameters, Func<TicketRow, bool> may, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(scope, c => c.QueryAsync<TicketRow>(sql, parameters), cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
            return [];
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(may).Select(t => t.Summary(cipher))];
    }

    // who sends another's message id learns nothing of their ticket
    private static async Task<bool> IsSameAsync(ICommerceConnection connection, KnownMessage known, string? orderId, Buyer buyer)
    {
        var ticket = (await connection.QuerySingleOrDefaultAsync<TicketRow>(TicketRow.ById, new { ticketId = known.TicketId }).ConfigureAwait(false))!;
        return known.Number == 1 && ticket.OrderId == orderId && ticket.UserId == buyer.UserId && (ticket.ContactHash ?? []).AsSpan().SequenceEqual(buyer.ContactHash ?? []);
    }

    private sealed record Buyer(byte[]? ContactHash, byte[]? Contact, string? UserId, string Culture);

    private sealed record Picture(PictureKind Kind, byte[] Content);
}
