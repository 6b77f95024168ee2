using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ordering;

/// <summary>What is under way about an order.</summary>
public enum BuyerMatterKind
{
    /// <summary>It waits for its payment.</summary>
    Unpaid,
    /// <summary>It is paid and not delivered yet.</summary>
    Undelivered,
    /// <summary>The buyer asked for money back and has no answer yet.</summary>
    RefundAsked,
    /// <summary>Money is to be given back still.</summary>
    RefundDue,
    /// <summary>The payer disputes a payment.</summary>
    Disputed,
}

/// <summary>Something that is under way.</summary>
/// <param name="Kind">What.</param>
/// <param name="OrderId">About which order.</param>
public sealed record BuyerMatter(BuyerMatterKind Kind, string OrderId)
{
    /// <summary>The order's number, as people read it out.</summary>
    public string Number => OrderNumber.Of(OrderId);
}

/// <summary>What a signed-in buyer and the shop still have to settle.</summary>
public interface IBuyerMatters
{
    /// <summary>What is under way, oldest order first, in one read.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">Id of the user.</param>
    /// <param name="take">At most how many, up to 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<BuyerMatter>> OpenAsync(TenantScope scope, string userId, int take = 20, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class BuyerMatters(ICommerceDatabase database) : IBuyerMatters
{
    // an order of which a part went back can have lines that a person has still to deliver
    private const string Open = """
        select case o.state when 'AwaitingPayment' then 'Unpaid' when 'Disputed' then 'Disputed' else 'Undelivered' end as kind, o.id as order_id
          from orders o where o.tenant = @tenant and o.user_id = @userId
            and (o.state in ('AwaitingPayment', 'Paid', 'Fulfilling', 'Disputed') or (o.state = 'PartiallyRefunded' and exists (select 1 from order_tasks t where t.tenant = o.tenant and t.order_id = o.id)))
        union all
        select 'RefundDue', o.id from orders o where o.tenant = @tenant and o.user_id = @userId and o.refund_due > 0
        union all
        select 'RefundAsked', o.id from orders o join refund r on r.tenant = o.tenant and r.order_id = o.id and r.state in ('Requested', 'Escalated')
          where o.tenant = @tenant and o.user_id = @userId
        order by 2, 1 limit @take
        """;

    public Task<IReadOnlyList<BuyerMatter>> OpenAsync(TenantScope scope, string userId, int take = 20, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QueryAsync<BuyerMatter>(Open, new { userId, take = Math.Clamp(take, 1, 100) }), cancellationToken);
}
