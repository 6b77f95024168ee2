using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Settlement;

/// <inheritdoc />
internal sealed class Finance(ICommerceDatabase database) : IFinance
{
    private const string Balances = """
        select currency, purpose, owner, cast(sum(balance) as bigint) as balance from ledger_account where tenant = @tenant
          and purpose in ('ProviderClearing', 'BuyerClearing', 'PlatformRevenue', 'Tax', 'RefundReserve') group by currency, purpose, owner
        union all
        select currency, purpose, '' as owner, cast(sum(balance) as bigint) as balance from ledger_account where tenant = @tenant
          and purpose not in ('ProviderClearing', 'BuyerClearing', 'PlatformRevenue', 'Tax', 'RefundReserve') group by currency, purpose
        """;

    // by the orders' own columns, which the books don't write
    private const string Kept = "select currency, cast(sum(captured + refund_due) as bigint) as amount from orders where tenant = @tenant group by currency";

    // what left or came other than by orders' payments: costs that providers kept, payouts, grants
    private const string Other = """
        select d.currency, cast(sum(case when c.purpose = 'ProviderClearing' then t.amount else -t.amount end) as bigint) as amount
        from ledger_transfer t join ledger_account d on d.id = t.debit join ledger_account c on c.id = t.credit
        where t.tenant = @tenant and t.debit_after is not null and t.reason not in ('payment', 'refund') and (d.purpose = 'ProviderClearing') <> (c.purpose = 'ProviderClearing') group by d.currency
        """;

    // balances and points pay without a provider
    private const string Internal = """
        select d.currency, cast(sum(case t.reason when 'payment' then t.amount else -t.amount end) as bigint) as amount
        from ledger_transfer t join ledger_account d on d.id = t.debit join ledger_account c on c.id = t.credit
        where t.tenant = @tenant and t.reason in ('payment', 'refund') and (d.purpose in ('BuyerBalance', 'PointsLiability', 'SupplyReceivable') or c.purpose in ('BuyerBalance', 'PointsLiability', 'SupplyReceivable')) group by d.currency
        """;

    private const string Owned = """
        select currency, purpose, cast(sum(balance) as bigint) as balance, cast(sum(held) as bigint) as held from ledger_account
        where tenant = @tenant and owner = @owner and purpose in ('MerchantPending', 'Reseller', 'MerchantAvailable', 'MerchantReserved', 'Debt') group by currency, purpose
        """;

    public Task<IReadOnlyList<FinanceOverview>> OverviewAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<FinanceOverview>>(
        scope,
        async c =>
        {
            var balances = await c.QueryAsync<BalanceRow>(Balances).ConfigureAwait(false);
            var kept = Sums(await c.QueryAsync<SumRow>(Kept).ConfigureAwait(false));
            var other = Sums(await c.QueryAsync<SumRow>(Other).ConfigureAwait(false));
            var inside = Sums(await c.QueryAsync<SumRow>(Internal).ConfigureAwait(false));
            return [.. balances.GroupBy(b => b.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            {
                Money In(long minor) => new(minor, g.Key);
                var providers = g.Where(b => b.Purpose == LedgerPurpose.ProviderClearing).OrderBy(b => b.Owner, StringComparer.Ordinal).Select(b => (b.Owner, In(-b.Balance))).ToList();
                var expected = kept.GetValueOrDefault(g.Key) - inside.GetValueOrDefault(g.Key) - other.GetValueOrDefault(g.Key);
                return new FinanceOverview(
                    g.Key, g.GroupBy(b => b.Purpose).ToDictionary(p => p.Key, p => In(p.Sum(b => b.Balance))), providers, In(expected - providers.Sum(p => p.Item2.Minor)));
            })];
        },
        cancellationToken);

    public Task<IReadOnlyList<Wallet>> WalletsAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<Wallet>>(
        scope,
        async c => [.. (await c.QueryAsync<OwnedRow>(Owned, new { owner }).ConfigureAwait(false)).GroupBy(r => r.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            Money Of(params LedgerPurpose[] purposes) => new(g.Where(r => purposes.Contains(r.Purpose)).Sum(r => r.Balance), g.Key);
            var held = new Money(g.Where(r => r.Purpose == LedgerPurpose.MerchantAvailable).Sum(r => r.Held), g.Key);
            return new Wallet(
                Of(LedgerPurpose.MerchantPending, LedgerPurpose.Reseller), Of(LedgerPurpose.MerchantAvailable) - held, held, Of(LedgerPurpose.MerchantReserved), Money.Zero(g.Key) - Of(LedgerPurpose.Debt));
        })],
        cancellationToken);

    public Task<ComingReleases> ComingAsync(TenantScope scope, string owner, int take = 100, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => ComingEarnings.ReadAsync(c, owner, Math.Clamp(take, 1, 500)), cancellationToken);

    private static Dictionary<string, long> Sums(IReadOnlyList<SumRow> rows) => rows.ToDictionary(r => r.Currency, r => r.Amount, StringComparer.Ordinal);

    private sealed record BalanceRow(string Currency, LedgerPurpose Purpose, string Owner, long Balance);

    private sealed record SumRow(string Currency, long Amount);

    private sealed record OwnedRow(string Currency, LedgerPurpose Purpose, long Balance, long Held);
}
