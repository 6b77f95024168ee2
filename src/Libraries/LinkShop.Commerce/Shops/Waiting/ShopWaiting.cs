using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;

namespace LinkShop.Commerce.Shops;

/// <inheritdoc />
internal sealed class ShopWaiting(ICommerceDatabase database) : IShopWaiting
{
    // each by an index that holds nothing else; conditions are written as the indexes have them
    private const string Waits = $"""
        select tenant, what, cast(sum(n) as bigint) as count, min(since) as since from (
          select tenant, 'Payout' as what, count(*) as n, min(requested_at) as since from payout where state = 'Requested' group by tenant
          union all select tenant, 'Payout', count(*), min(requested_at) from payout where state in ('Approved', 'Sending') and state = 'Sending' and provider = @byHand group by tenant
          union all select tenant, 'Payee', count(*), min(updated_at) from payee
            where ((identity is not null and identity_verified_at is null) or (destination is not null and destination_verified_at is null)) group by tenant
          union all select tenant, 'Refund', count(*), min(answer_due) from refund where state in ('Requested', 'Escalated') and state = 'Escalated' group by tenant
          union all select tenant, 'Appeal', count(*), min(appealed_at) from referral_case where state = 'Appealed' group by tenant) w
        where {CommerceSql.Settled} group by tenant, what
        """;

    public async Task<IReadOnlyList<WaitingShop>> ListAsync(TenantScope platform, int take = 100, CancellationToken cancellationToken = default)
    {
        var rows = new List<Row>();
        foreach (var each in database.EveryDatabase)
            rows.AddRange(await each.ReadSystemAsync(c => c.QueryAsync<Row>(Waits, new { byHand = ManualPayoutProvider.ProviderName }), cancellationToken).ConfigureAwait(false));
        if (rows.Count == 0)
            return [];
        var ids = rows.Select(r => r.Tenant).Distinct(StringComparer.Ordinal).ToList();
        var shops = (await database.ReadAsync(
            platform, c => c.QueryAsync<(string Shop, string Slug, string Title)>($"select shop, slug, title from shop where tenant = @tenant and shop {c.In("ids")}", new { ids }), cancellationToken).ConfigureAwait(false))
            .ToDictionary(s => s.Shop, StringComparer.Ordinal);
        return
        [
            .. rows.Where(r => shops.ContainsKey(r.Tenant)).OrderBy(r => r.Since).ThenBy(r => r.Tenant, StringComparer.Ordinal).ThenBy(r => r.What).Take(Math.Clamp(take, 1, 500))
                .Select(r => new WaitingShop(r.Tenant, shops[r.Tenant].Slug, shops[r.Tenant].Title, r.What, r.Count, r.Since)),
        ];
    }

    private sealed record Row(string Tenant, ShopWait What, long Count, DateTimeOffset Since);
}
