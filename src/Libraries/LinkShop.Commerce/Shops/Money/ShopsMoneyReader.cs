using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Shops;

/// <inheritdoc />
internal sealed class ShopsMoneyReader(ICommerceDatabase database) : IShopsMoney
{
    // a shop that is being moved is in two databases; until it is there, what it leaves counts
    private const string Once = "tenant not in (select tenant from tenant_move where role <> 'Leaving')";

    private const string Sums = $"""
        select currency, purpose, case when purpose = 'ProviderClearing' then owner else '' end as owner, cast(sum(balance) as bigint) as balance
        from ledger_account where {Once} group by currency, purpose, case when purpose = 'ProviderClearing' then owner else '' end
        """;

    private const string Users = $"select currency, count(distinct tenant) as tenants from ledger_account where {Once} group by currency";

    private const string Debts = $"""
        select tenant, currency, cast(-sum(balance) as bigint) as owes from ledger_account where purpose = 'Debt' and {Once} group by tenant, currency having sum(balance) < 0
        """;

    public async Task<IReadOnlyList<ShopsMoney>> SumAsync(TenantScope platform, CancellationToken cancellationToken = default)
    {
        var (sums, users) = (new List<SumRow>(), new List<UserRow>());
        foreach (var each in database.EveryDatabase)
        {
            sums.AddRange(await each.ReadSystemAsync(c => c.QueryAsync<SumRow>(Sums), cancellationToken).ConfigureAwait(false));
            users.AddRange(await each.ReadSystemAsync(c => c.QueryAsync<UserRow>(Users), cancellationToken).ConfigureAwait(false));
        }

        return [.. sums.GroupBy(s => s.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            Money In(long minor) => new(minor, g.Key);
            // what shops owe each other is at no provider
            var providers = g.Where(s => s.Purpose == LedgerPurpose.ProviderClearing && s.Owner != PaymentFacts.Resale).GroupBy(s => s.Owner).OrderBy(p => p.Key, StringComparer.Ordinal);
            return new ShopsMoney(
                g.Key, users.Where(u => u.Currency == g.Key).Sum(u => u.Tenants), g.GroupBy(s => s.Purpose).ToDictionary(p => p.Key, p => In(p.Sum(s => s.Balance))),
                [.. providers.Select(p => (p.Key, In(-p.Sum(s => s.Balance))))], In(g.Sum(s => s.Balance)));
        })];
    }

    public async Task<IReadOnlyList<OwingShop>> OwingAsync(TenantScope platform, int take = 50, CancellationToken cancellationToken = default)
    {
        var rows = new List<DebtRow>();
        foreach (var each in database.EveryDatabase)
            rows.AddRange(await each.ReadSystemAsync(c => c.QueryAsync<DebtRow>(Debts), cancellationToken).ConfigureAwait(false));
        if (rows.Count == 0)
            return [];
        var ids = rows.Select(r => r.Tenant).Distinct(StringComparer.Ordinal).ToList();
        var shops = (await database.ReadAsync(
            platform, c => c.QueryAsync<(string Shop, string Slug, string Title)>($"select shop, slug, title from shop where tenant = @tenant and shop {c.In("ids")}", new { ids }), cancellationToken).ConfigureAwait(false))
            .ToDictionary(s => s.Shop, StringComparer.Ordinal);
        return
        [
            .. rows.Where(r => shops.ContainsKey(r.Tenant)).OrderByDescending(r => r.Owes).ThenBy(r => r.Tenant, StringComparer.Ordinal).Take(Math.Clamp(take, 1, 500))
                .Select(r => new OwingShop(r.Tenant, shops[r.Tenant].Slug, shops[r.Tenant].Title, new Money(r.Owes, r.Currency))),
        ];
    }

    private sealed record SumRow(string Currency, LedgerPurpose Purpose, string Owner, long Balance);

    private sealed record UserRow(string Currency, int Tenants);

    private sealed record DebtRow(string Tenant, string Currency, long Owes);
}
