using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Ordering;

/// <summary>Searches orders with keyset paging: each page starts where the last ended, so the cost doesn't grow with the page's number.</summary>
internal sealed class OrderSearcher(ICommerceDatabase database, ISecretProtector protector, OrderLists lists, OrderReader reader)
{
    public async Task<OrderPage> SearchAsync(TenantScope scope, OrderSearch search, CancellationToken cancellationToken)
    {
        var range = string.IsNullOrWhiteSpace(search.Number) ? null : OrderNumber.Range(search.Number);
        var contact = Contact.Normalize(search.Contact);
        var impossible = (!string.IsNullOrWhiteSpace(search.Number) && range is null) || (!string.IsNullOrWhiteSpace(search.Contact) && contact is null);
        if (impossible)
            return new OrderPage([], null);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var take = Math.Clamp(search.Take, 1, 200);
        var parameters = new
        {
            first = range?.From ?? "",
            last = range?.To ?? "",
            contact = contact is null ? null : Contact.Hash(cipher, contact),
            state = (search.State == OrderState.Completed ? OrderState.Fulfilled : search.State)?.ToString(),
            from = search.From is { } from ? CommerceId.LowerBound(from) : "",
            until = search.To is { } to ? CommerceId.LowerBound(to) : "",
            after = search.After ?? "",
            completed = reader.CompletedBefore,
            take = take + 1,
        };
        var sql = Sql(search, range is not null, contact is not null);
        return await database.ReadAsync(scope, async c =>
        {
            var rows = await c.QueryAsync<OrderLists.Row>(sql, parameters).ConfigureAwait(false);
            var page = await lists.SummariesAsync(c, rows.Take(take), cipher).ConfigureAwait(false);
            return new OrderPage(page, rows.Count > take ? page[^1].OrderId : null);
        }, cancellationToken).ConfigureAwait(false);
    }

    // few combinations of constant parts: each text is prepared once
    private static string Sql(OrderSearch search, bool byNumber, bool byContact)
    {
        var sql = new StringBuilder(OrderLists.Select);
        Add(byNumber, " and o.id between @first and @last");
        Add(byContact, " and o.contact_hash = @contact");
        Add(search.State is not null, " and o.state = @state");
        // see OrderReader.EffectiveState: time alone tells completed from delivered
        Add(search.State == OrderState.Fulfilled, " and o.fulfilled_at > @completed");
        Add(search.State == OrderState.Completed, " and o.fulfilled_at <= @completed");
        Add(search.From is not null, " and o.id >= @from");
        Add(search.To is not null, " and o.id < @until");
        Add(search.After is not null, " and o.id < @after");
        return sql.Append(" order by o.id desc limit @take").ToString();

        void Add(bool wanted, string condition)
        {
            if (wanted)
                sql.Append(condition);
        }
    }
}
