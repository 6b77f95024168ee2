using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>Keeps what each promoter sold that is verified. Nothing but the night moves it: what was paid a minute ago may be given back.</summary>
internal static class VerifiedSales
{
    private const int Batch = 500;

    // delivered, still paid, the refund window over, not bought by a promoter, not disqualified and not taken back by a review. Nobody else's sales come into it
    private const string From = """
        from referral_attribution a join orders o on o.tenant = a.tenant and o.id = a.order_id
        where a.tenant = @tenant and a.refused is null and a.buyer_promoter is null and o.fulfilled_at <= @safe and o.captured > 0 and o.state <> 'Disputed'
          and not exists (select 1 from referral_disqualified d where d.tenant = @tenant and d.order_id = a.order_id)
          and not exists (select 1 from order_split v where v.tenant = @tenant and v.order_id = a.order_id and v.reward_voided)
          and not exists (select 1 from referral_case k where k.tenant = @tenant and k.order_id = a.order_id and k.promoter = a.promoter and k.state in ('Upheld', 'Appealed', 'AppealDismissed'))
        """;

    // what differs from what is kept, and what is kept of those who have nothing any more
    private const string Changed = $"""
        select s.promoter, s.currency, s.sales, s.orders from
          (select a.promoter, o.currency, cast(sum(o.captured) as bigint) as sales, count(*) as orders {From} group by a.promoter, o.currency) s
          left join referral_verified k on k.tenant = @tenant and k.promoter = s.promoter and k.currency = s.currency
        where k.promoter is null or k.sales <> s.sales or k.orders <> s.orders
        union all
        select k.promoter, k.currency, 0, 0 from referral_verified k where k.tenant = @tenant and k.orders > 0 and not exists (select 1 {From} and a.promoter = k.promoter and o.currency = k.currency)
        """;

    private const string Keep = """
        insert into referral_verified (tenant, promoter, currency, sales, orders) values (@tenant, @promoter, @currency, @sales, @orders)
        on conflict (tenant, promoter, currency) do update set sales = excluded.sales, orders = excluded.orders
        """;

    public static async Task RunAsync(ICommerceDatabase database, TenantScope scope, DateTimeOffset safe, CancellationToken cancellationToken)
    {
        // read first: on SQLite nobody else writes while somebody does
        var changed = await database.ReadAsync(scope, c => c.QueryAsync<Row>(Changed, new { safe }), cancellationToken).ConfigureAwait(false);
        foreach (var some in changed.Chunk(Batch))
            await database.WriteAsync(scope, c => c.ExecuteBatchAsync([.. some.Select(r => (Keep, (object?)r))]), cancellationToken).ConfigureAwait(false);
    }

    private sealed record Row(string Promoter, string Currency, long Sales, long Orders);
}
