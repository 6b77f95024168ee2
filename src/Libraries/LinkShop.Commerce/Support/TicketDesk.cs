using System.Globalization;
using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Replacements;

namespace LinkShop.Commerce.Support;

/// <inheritdoc />
internal sealed class TicketDesk(ICommerceDatabase database, ISecretProtector protector, TicketWriter writer, DeliveredReader delivered, TimeProvider clock) : ITicketDesk
{
    private const string Waiting = "select count(*) from ticket where tenant = @tenant and waiting_since is not null";

    private const string Close = "update ticket set state = @state, waiting_since = null, changed_at = @now where tenant = @tenant and id = @ticketId";

    private const string Assign = "update ticket set assignee = @assignee where tenant = @tenant and id = @ticketId";

    public async Task<TicketPage> SearchAsync(TenantScope scope, TicketSearch search, CancellationToken cancellationToken = default)
    {
        var text = search.Text?.Trim() ?? "";
        var range = text.Length == 0 ? null : OrderNumber.Range(text);
        var contact = range is null ? Contact.Normalize(text) : null;
        if (text.Length > 0 && range is null && contact is null)
            return new TicketPage([], null);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var take = Math.Clamp(search.Take, 1, 200);
        var (at, afterId) = Parse(search.After);
        var parameters = new
        {
            first = range?.From ?? "",
            last = range?.To ?? "",
            contact = contact is null ? null : Contact.Hash(cipher, contact),
            state = search.State?.ToString(),
            search.Assignee,
            at,
            afterId,
            take = take + 1,
        };
        var sql = Sql(search, range is not null, contact is not null, afterId.Length > 0);
        var rows = await database.ReadAsync(scope, c => c.QueryAsync<TicketRow>(sql, parameters), cancellationToken).ConfigureAwait(false);
        var page = rows.Take(take).Select(t => t.Summary(cipher)).ToList();
        var next = rows.Count <= take ? null : string.Create(
            CultureInfo.InvariantCulture, $"{(search.State == TicketState.Open ? page[^1].WaitingSince!.Value : page[^1].ChangedAt).ToUnixTimeMilliseconds()}-{page[^1].Id}");
        return new TicketPage(page, next);
    }

    public Task<long> WaitingAsync(TenantScope scope, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<long>(Waiting), cancellationToken);

    public Task<CommerceResult<TicketState>> AnswerAsync(TenantScope scope, string ticketId, MessageDraft message, string actor, CancellationToken cancellationToken = default) =>
        writer.WriteAsync(scope, ticketId, TicketAccess.Staff, message with { ClientAddress = null }, actor, cancellationToken);

    public Task<CommerceResult<TicketState>> CloseAsync(TenantScope scope, string ticketId, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<TicketState>>(scope, async c =>
        {
            if (await TicketRow.LockAndReadAsync(c, ticketId).ConfigureAwait(false) is not { } ticket)
                return TicketWriter.NotFound;
            if (TicketTransitions.After(ticket.State, TicketStep.Close) is not { } state)
                return new CommerceError(CommerceErrors.IllegalTransition, "The ticket is closed already.");
            c.Defer(Close, new { ticketId, state, now = clock.GetUtcNow() });
            return state;
        }, cancellationToken);

    public Task<CommerceResult<TicketState>> AssignAsync(TenantScope scope, string ticketId, string? assignee, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<TicketState>>(scope, async c =>
        {
            if (await TicketRow.LockAndReadAsync(c, ticketId).ConfigureAwait(false) is not { } ticket)
                return TicketWriter.NotFound;
            c.Defer(Assign, new { ticketId, assignee });
            return ticket.State;
        }, cancellationToken);

    public async Task<TicketMail?> MailAsync(TenantScope scope, string ticketId, int number, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await database.ReadAsync(scope, async c =>
        {
            if (await c.QuerySingleOrDefaultAsync<TicketRow>(TicketRow.ById, new { ticketId }).ConfigureAwait(false) is not { } ticket
                || await c.QuerySingleOrDefaultAsync<MessageRow>(MessageRow.One, new { ticketId, number }).ConfigureAwait(false) is not { } message)
                return null;
            IReadOnlyList<string> secrets = [];
            if (ticket.OrderId is { } orderId)
                secrets = (await delivered.ReadAsync(c, await c.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }).ConfigureAwait(false), cipher).ConfigureAwait(false)).Secrets;
            var summary = ticket.Summary(cipher);
            return new TicketMail(summary, summary.Token, ticket.Culture, MailSecrets.Mask(cipher.Decrypt(message.Text), secrets, summary.OrderNumber));
        }, cancellationToken).ConfigureAwait(false);
    }

    // few combinations of constant parts: each text is prepared once
    private static string Sql(TicketSearch search, bool byNumber, bool byContact, bool after)
    {
        var sql = new StringBuilder(TicketRow.List);
        void Add(bool wanted, string condition) => sql.Append(wanted ? condition : "");
        var waiting = search.State == TicketState.Open;
        Add(byNumber, " and t.order_id between @first and @last");
        Add(byContact, " and t.contact_hash = @contact");
        Add(search.State is not null, " and t.state = @state");
        Add(waiting, " and t.waiting_since is not null");
        Add(search.Assignee is not null, " and t.assignee = @assignee");
        Add(after, waiting ? " and (t.waiting_since, t.id) > (@at, @afterId)" : " and (t.changed_at, t.id) < (@at, @afterId)");
        return sql.Append(waiting ? " order by t.waiting_since, t.id limit @take" : " order by t.changed_at desc, t.id desc limit @take").ToString();
    }

    private static (long At, string Id) Parse(string? after) =>
        after?.Split('-') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && CommerceId.IsWellFormed(id) ? (ms, id) : (0, "");
}
