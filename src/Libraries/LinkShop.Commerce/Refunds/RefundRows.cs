using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Refunds;

/// <summary>Stores and reads refunds.</summary>
internal static class RefundRows
{
    private const string Columns = """
        select r.id, r.order_id, r.state, r.payer, r.reason, r.text, r.amount, o.currency, r.revokes, r.requested_by, r.answer_due, r.decided_by, r.note, r.created_at, r.decided_at, r.asked,
          l.line, l.amount as line_amount
        from refund r join orders o on o.tenant = r.tenant and o.id = r.order_id join refund_line l on l.tenant = r.tenant and l.refund_id = r.id where r.tenant = @tenant
        """;

    public const string ById = Columns + " and r.id = @id order by l.line";
    public const string OfOrder = Columns + " and r.order_id = @orderId order by r.created_at, r.id, l.line";
    public const string Open = Columns + " and r.id in (select id from refund where tenant = @tenant and state in ('Requested', 'Escalated') order by state, answer_due limit @take) order by r.state, r.answer_due, r.id, l.line";

    private const string Insert = """
        insert into refund (tenant, id, order_id, state, payer, reason, text, amount, revokes, requested_by, answer_due, decided_by, note, created_at, decided_at)
        values (@tenant, @id, @orderId, @state, @payer, @reason, @text, @amount, @revokes, @requestedBy, @answerDue, @decidedBy, null, @now, @decidedAt)
        """;

    private const string InsertLine = "insert into refund_line (tenant, refund_id, order_id, line, amount) values (@tenant, @id, @orderId, @line, @amount)";

    private const string Lessen = "update refund set asked = amount, amount = @amount where tenant = @tenant and id = @id";

    private const string DropOthers = "delete from refund_line where tenant = @tenant and refund_id = @id";

    private const string LessenLine = "update refund_line set amount = @amount where tenant = @tenant and refund_id = @id and line = @line";

    public static void Add(ICommerceConnection connection, RefundDraft draft, RefundState state, string by, DateTimeOffset? answerDue, DateTimeOffset now)
    {
        var decided = state == RefundState.Approved;
        connection.Defer(Insert, new
        {
            draft.Id,
            draft.OrderId,
            state,
            draft.Payer,
            draft.Reason,
            draft.Text,
            amount = draft.Lines.Sum(l => l.Minor),
            revokes = draft.RevokeKeys,
            requestedBy = by,
            answerDue,
            decidedBy = decided ? by : null,
            now,
            decidedAt = decided ? now : (DateTimeOffset?)null,
        });
        foreach (var line in draft.Lines)
            connection.Defer(InsertLine, new { draft.Id, draft.OrderId, line = line.Line, amount = line.Minor });
    }

    /// <summary>Makes a request one for less: what was asked for stays beside it.</summary>
    public static async Task LessenAsync(ICommerceConnection connection, string id, IReadOnlyList<RefundLine> lines)
    {
        await connection.ExecuteAsync(Lessen, new { id, amount = lines.Sum(l => l.Minor) }).ConfigureAwait(false);
        await connection.ExecuteAsync(DropOthers + $" and not (line {connection.In("kept")})", new { id, kept = lines.Select(l => l.Line).ToArray() }).ConfigureAwait(false);
        foreach (var line in lines)
            await connection.ExecuteAsync(LessenLine, new { id, line = line.Line, amount = line.Minor }).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<RefundView>> ReadAsync(ICommerceConnection connection, string sql, object parameters)
    {
        var views = new List<RefundView>();
        foreach (var rows in (await connection.QueryAsync<Row>(sql, parameters).ConfigureAwait(false)).GroupBy(r => r.Id))
        {
            var r = rows.First();
            views.Add(new RefundView(
                r.Id, r.OrderId, r.State, r.Payer, r.Reason, r.Text, new Money(r.Amount, r.Currency), r.Revokes, r.RequestedBy, r.AnswerDue, r.DecidedBy, r.Note, r.CreatedAt, r.DecidedAt,
                [.. rows.Select(l => new RefundLine(l.Line, l.LineAmount))])
            {
                Asked = r.Asked is { } asked ? new Money(asked, r.Currency) : null,
            });
        }

        return views;
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public string OrderId { get; init; } = "";
        public RefundState State { get; init; }
        public RefundPayer Payer { get; init; }
        public RefundReason Reason { get; init; }
        public string Text { get; init; } = "";
        public long Amount { get; init; }
        public string Currency { get; init; } = "";
        public bool Revokes { get; init; }
        public string RequestedBy { get; init; } = "";
        public DateTimeOffset? AnswerDue { get; init; }
        public string? DecidedBy { get; init; }
        public string? Note { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? DecidedAt { get; init; }
        public long? Asked { get; init; }
        public int Line { get; init; }
        public long LineAmount { get; init; }
    }
}
