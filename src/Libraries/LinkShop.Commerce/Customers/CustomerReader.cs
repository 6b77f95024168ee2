using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Support;

namespace LinkShop.Commerce.Customers;

/// <inheritdoc />
internal sealed class CustomerReader(ICommerceDatabase database, ISecretProtector protector, OrderLists lists) : ICustomers
{
    private const int OrdersPerPage = 50;

    private const string Columns = "o.id, o.contact_hash, o.contact, o.user_id, o.created_at";

    // Orders are walked from the newest; one is its customer's latest when the index by contact (or account) has no later one. Nothing is kept up to date for it, and a page ends where it is full.
    private const string PageOf = $"""
        select {Columns} from orders o where o.tenant = @tenant and o.id < @after and (
            (o.contact_hash is not null and not exists (select 1 from orders n where n.tenant = @tenant and n.contact_hash = o.contact_hash and n.id > o.id))
            or (o.contact_hash is null and o.user_id is not null
              and not exists (select 1 from orders n where n.tenant = @tenant and n.user_id = o.user_id and n.contact_hash is null and n.id > o.id)))
          order by o.id desc limit @take
        """;

    private const string OnlyOf = $"select {Columns} from orders o where o.tenant = @tenant and o.id = @only";

    private const string Sums = "a.currency, count(*) as orders, count(a.paid_at) as paid_orders, cast(sum(a.captured) as bigint) as paid, cast(sum(a.refunded) as bigint) as refunded";

    private const string SumUp = $"""
        select p.id, p.contact, p.user_id, p.created_at, {Sums}
          from page p join orders a on a.tenant = @tenant and a.contact_hash = p.contact_hash group by p.id, p.contact, p.user_id, p.created_at, a.currency
        union all
        select p.id, p.contact, p.user_id, p.created_at, {Sums}
          from page p join orders a on a.tenant = @tenant and a.user_id = p.user_id and a.contact_hash is null where p.contact_hash is null group by p.id, p.contact, p.user_id, p.created_at, a.currency
        order by 1 desc, 5
        """;

    private const string Page = $"with page as ({PageOf}) {SumUp}";

    private const string Only = $"with page as ({OnlyOf}) {SumUp}";

    private const string LatestByContact = "select max(id) from orders where tenant = @tenant and contact_hash = @contactHash";

    private const string LatestByUser = "select max(id) from orders where tenant = @tenant and user_id = @userId and contact_hash is null";

    private const string Buyer = "select contact_hash, user_id from orders where tenant = @tenant and id between @first and @last limit 1";

    private const string OrdersByContact = OrderLists.Select + " and o.contact_hash = @contactHash and o.id < @after order by o.id desc limit @take";

    private const string OrdersByUser = OrderLists.Select + " and o.user_id = @userId and o.contact_hash is null and o.id < @after order by o.id desc limit @take";

    private const string TicketsByContact = TicketRow.List + " and t.contact_hash = @contactHash order by t.id desc limit 50";

    private const string TicketsByUser = TicketRow.List + " and t.user_id = @userId and t.contact_hash is null order by t.id desc limit 50";

    public async Task<CustomerPage> ListAsync(TenantScope scope, string? text, string? after = null, int take = 50, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        take = Math.Clamp(take, 1, 200);
        return await database.ReadAsync(scope, async c =>
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                var page = Of(await c.QueryAsync<Row>(Page, new { after = after ?? "ZZZ", take = take + 1 }).ConfigureAwait(false), cipher);
                return page.Count > take ? new CustomerPage([.. page.Take(take)], page[take - 1].LastOrderId) : new CustomerPage(page, null);
            }

            var only = await FindAsync(c, text.Trim(), cipher).ConfigureAwait(false) is { } buyer ? await LatestAsync(c, buyer).ConfigureAwait(false) : null;
            return new CustomerPage(only is null ? [] : Of(await c.QueryAsync<Row>(Only, new { only }).ConfigureAwait(false), cipher), null);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CustomerDetail?> DetailAsync(TenantScope scope, string orderId, string? after = null, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await database.ReadAsync(scope, async c =>
        {
            if (await c.QuerySingleOrDefaultAsync<BuyerRow>(Buyer, new { first = orderId, last = orderId }).ConfigureAwait(false) is not { } buyer
                || await LatestAsync(c, buyer).ConfigureAwait(false) is not { } only)
                return null;
            var (byContact, parameters) = (buyer.ContactHash is not null, new { buyer.ContactHash, buyer.UserId, after = after ?? "ZZZ", take = OrdersPerPage + 1 });
            var tickets = c.DeferQuery<TicketRow>(byContact ? TicketsByContact : TicketsByUser, new { buyer.ContactHash, buyer.UserId });
            var customer = Of(await c.QueryAsync<Row>(Only, new { only }).ConfigureAwait(false), cipher).Single();
            var rows = await c.QueryAsync<OrderLists.Row>(byContact ? OrdersByContact : OrdersByUser, parameters).ConfigureAwait(false);
            var orders = await lists.SummariesAsync(c, rows.Take(OrdersPerPage), cipher).ConfigureAwait(false);
            return new CustomerDetail(customer, new OrderPage(orders, rows.Count > OrdersPerPage ? orders[^1].OrderId : null), [.. tickets.Rows.Select(t => t.Summary(cipher))]);
        }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<BuyerRow?> FindAsync(ICommerceConnection connection, string text, ITenantCipher cipher)
    {
        if (OrderNumber.Range(text) is { } range && await connection.QuerySingleOrDefaultAsync<BuyerRow>(Buyer, new { first = range.From, last = range.To }).ConfigureAwait(false) is { } byNumber)
            return byNumber;
        return Contact.Normalize(text) is { } contact ? new BuyerRow(Contact.Hash(cipher, contact), null) : null;
    }

    private static Task<string?> LatestAsync(ICommerceConnection connection, BuyerRow buyer) => buyer switch
    {
        { ContactHash: { } contactHash } => connection.QuerySingleOrDefaultAsync<string>(LatestByContact, new { contactHash }),
        { UserId: { } userId } => connection.QuerySingleOrDefaultAsync<string>(LatestByUser, new { userId }),
        _ => Task.FromResult<string?>(null),
    };

    // a row per customer and currency
    private static List<Customer> Of(IEnumerable<Row> rows, ITenantCipher cipher) =>
        [.. rows.GroupBy(r => r.Id, StringComparer.Ordinal).Select(g => (First: g.First(), Rows: g.ToList())).Select(g => new Customer(
            g.First.Id, g.First.Contact is null ? null : cipher.Decrypt(g.First.Contact), g.First.UserId, g.Rows.Sum(r => r.Orders), g.Rows.Sum(r => r.PaidOrders),
            [.. g.Rows.Where(r => r.PaidOrders > 0).Select(r => new Money(r.Paid, r.Currency))], [.. g.Rows.Where(r => r.Refunded > 0).Select(r => new Money(r.Refunded, r.Currency))], g.First.CreatedAt))];

    private sealed record Row(string Id, byte[]? Contact, string? UserId, DateTimeOffset CreatedAt, string Currency, int Orders, int PaidOrders, long Paid, long Refunded);

    private sealed record BuyerRow(byte[]? ContactHash, string? UserId);
}
