using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Splits;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Resale;

/// <inheritdoc />
internal sealed partial class SupplyDues(ICommerceDatabase database, ILedger ledger, TimeProvider clock, ILogger<SupplyDues> logger) : ISupplyDues
{
    // a pair is always in one database, see ResaleMoveObstacle
    private const string Open = """
        select tenant, owner, currency from ledger_account where purpose = 'SupplyPayable' and tenant not in (select tenant from tenant_move) and owner not in (select tenant from tenant_move)
        group by tenant, owner, currency having sum(balance) <> 0 order by tenant, owner, currency
        """;

    private const string Balances = """
        select owner, currency, cast(sum(balance) as bigint) as amount from ledger_account where tenant = @tenant and purpose = @purpose group by owner, currency order by owner, currency
        """;

    // the account between shops has nothing but these, one for each pair and day
    private const string Settled = """
        select owner, currency, cast(sum(amount) as bigint) as amount, max(at) as at from (
          select o.owner, o.currency, t.amount, t.at from ledger_account p join ledger_transfer t on t.tenant = p.tenant and t.credit = p.id and t.credit_after is not null
            join ledger_account o on o.id = t.debit and o.purpose = @purpose where p.tenant = @tenant and p.owner = @between and p.purpose = 'ProviderClearing'
          union all
          select o.owner, o.currency, -t.amount, t.at from ledger_account p join ledger_transfer t on t.tenant = p.tenant and t.debit = p.id and t.debit_after is not null
            join ledger_account o on o.id = t.credit and o.purpose = @purpose where p.tenant = @tenant and p.owner = @between and p.purpose = 'ProviderClearing') s
        group by owner, currency
        """;

    private static readonly LedgerAccount Between = new(PaymentFacts.Resale, LedgerPurpose.ProviderClearing);

    private DateOnly _done;

    [SuppressMessage("Design", "CA1031", Justification = "One pair that can't be settled must not keep the others waiting; it is tried again with the next sweep.")]
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (_done == today)
            return 0;
        var failed = false;
        var settled = await database.InEachAsync(SettleAllAsync, cancellationToken).ConfigureAwait(false);
        // another process may do it once more: it finds what was sold meanwhile
        _done = failed ? _done : today;
        return settled;

        async Task<int> SettleAllAsync(ICommerceDatabase each)
        {
            var done = 0;
            foreach (var pair in await each.ReadSystemAsync(c => c.QueryAsync<PairRow>(Open), cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    done += await each.WriteAsync(new TenantScope(pair.Tenant), c => SettleAsync(c, pair.Owner, pair.Currency), CancellationToken.None).ConfigureAwait(false) ? 1 : 0;
                }
                catch (Exception error)
                {
                    failed = true;
                    LogFailure(pair.Tenant, pair.Owner, error);
                }
            }

            return done;
        }
    }

    public async Task<IReadOnlyList<SupplyDue>> OwedAsync(TenantScope scope, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(scope, c => ReadAsync(c, LedgerPurpose.SupplyPayable, 1), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<SupplyDue>> DueAsync(TenantScope scope, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(scope, c => ReadAsync(c, LedgerPurpose.SupplyReceivable, -1), cancellationToken).ConfigureAwait(false);

    private async Task<bool> SettleAsync(ICommerceConnection shop, string supplier, string currency)
    {
        var payable = new LedgerAccount(supplier, LedgerPurpose.SupplyPayable);
        // locks the account, so whoever settles at the same time waits and then finds nothing left; the shop's books come before the supplier's, as in a sale
        var owed = await ledger.AvailableAsync(shop, payable, currency).ConfigureAwait(false);
        if (owed == 0)
            return false;
        var id = "supplied:" + CommerceId.New(clock);
        await MoveAsync(shop, id, payable, Between, new Money(owed, currency)).ConfigureAwait(false);
        await MoveAsync(shop.For(new TenantScope(supplier)), id, Between, new LedgerAccount(shop.Tenant!, LedgerPurpose.SupplyReceivable), new Money(owed, currency)).ConfigureAwait(false);
        return true;
    }

    private async Task MoveAsync(ICommerceConnection connection, string id, LedgerAccount debit, LedgerAccount credit, Money amount)
    {
        var move = amount.Minor > 0
            ? LedgerTransfer.Move(id, debit, credit, amount, MoneyReasons.SupplySettled)
            : LedgerTransfer.Move(id, credit, debit, Money.Zero(amount.Currency) - amount, MoneyReasons.SupplySettled);
        var posted = await ledger.PostAsync(connection, [move]).ConfigureAwait(false);
        // none of the accounts has a floor and the id is new, so this is a defect; nothing of the pair is written then
        if (posted.Error is { } error)
            throw new InvalidOperationException($"What a shop owes couldn't be settled: {error.Code}: {error.Message}");
    }

    private static async Task<IReadOnlyList<SupplyDue>> ReadAsync(ICommerceConnection connection, LedgerPurpose purpose, int sign)
    {
        var balances = await connection.QueryAsync<BalanceRow>(Balances, new { purpose }).ConfigureAwait(false);
        var settled = (await connection.QueryAsync<SettledRow>(Settled, new { purpose, between = Between.Owner }).ConfigureAwait(false)).ToDictionary(s => (s.Owner, s.Currency));
        return [.. balances.Select(b =>
        {
            var went = settled.GetValueOrDefault((b.Owner, b.Currency));
            return new SupplyDue(b.Owner, new Money(sign * b.Amount, b.Currency), new Money(sign * (went?.Amount ?? 0), b.Currency), went is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(went.At));
        })];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What {Shop} owes {Supplier} could not be settled; it is tried again.")]
    private partial void LogFailure(string shop, string supplier, Exception error);

    private sealed record PairRow(string Tenant, string Owner, string Currency);

    private sealed record BalanceRow(string Owner, string Currency, long Amount);

    private sealed record SettledRow(string Owner, string Currency, long Amount, long At);
}
