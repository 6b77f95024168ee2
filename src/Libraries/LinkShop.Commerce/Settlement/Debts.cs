using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Settlement;

/// <summary>
/// Whoever owes has nothing to be paid out. By whatever way money becomes free for somebody (a release, the end of a hold, a payout that comes back), what they owe is paid of it in the
/// same transaction, here.
/// </summary>
internal sealed class Debts(ICommerceDatabase database, ILedger ledger, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>Who owes, of which there are few: <c>tenant</c>, <c>owner</c> and <c>currency</c>.</summary>
    public const string Owing = "(select tenant, owner, currency from ledger_account where purpose = 'Debt' group by tenant, owner, currency having sum(balance) < 0)";

    /// <summary>Who owes, and has something free all the same.</summary>
    public const string BesideFreeMoney = $"""
        select a.tenant, a.owner, a.purpose, a.currency from {Owing} d
          join ledger_account a on a.tenant = d.tenant and a.owner = d.owner and a.currency = d.currency
        where a.purpose in ('MerchantAvailable', 'PromoterAvailable') and a.balance > a.held
        """;

    private const string Due = "select tenant, owner, purpose, currency from (" + BesideFreeMoney + ") f where " + CommerceSql.Settled + " limit @take";

    private static readonly LedgerPurpose[] s_purposes = [LedgerPurpose.MerchantAvailable, LedgerPurpose.PromoterAvailable];

    /// <summary>Pays with what an order's new transfers set free, and debts that they make with whatever the same owner has free elsewhere.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="entries">All that is to be written; what pays comes to the end of it.</param>
    public async Task PayAsync(ICommerceConnection connection, OrderEntries entries)
    {
        foreach (var account in GainsOf(entries))
        {
            // points are money that staff may have given: only what is earned just now pays
            var most = account.Purpose == LedgerPurpose.PointsLiability ? Released(entries, account) : long.MaxValue;
            var minor = await DueAsync(connection, account, entries.Currency, -entries.Taken(account), entries.Taken(DebtOf(account.Owner))).ConfigureAwait(false);
            entries.Move(account, DebtOf(account.Owner), Math.Min(most, minor), MoneyReasons.DebtPaid, null);
        }
    }

    /// <summary>Pays with what an account has free now.</summary>
    /// <param name="connection">A write of the tenant.</param>
    /// <param name="account">The account, which something was set free of.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="id">Id of the transfer.</param>
    /// <param name="reference">What set it free; may be null.</param>
    /// <returns>Whether anything was owed.</returns>
    public async Task<bool> PayAsync(ICommerceConnection connection, LedgerAccount account, string currency, string id, string? reference)
    {
        var minor = await DueAsync(connection, account, currency, 0, 0).ConfigureAwait(false);
        if (minor == 0)
            return false;
        var paid = await ledger.PostAsync(connection, [LedgerTransfer.Move(id, account, DebtOf(account.Owner), new Money(minor, currency), MoneyReasons.DebtPaid, reference)]).ConfigureAwait(false);
        return paid.Succeeded ? true : throw new InvalidOperationException($"A debt of '{account.Owner}' can't be paid: {paid.Error!.Code}: {paid.Error.Message}");
    }

    /// <summary>What somebody owes; nobody else can change it until the transaction ends.</summary>
    public async Task<long> OwedAsync(ICommerceConnection connection, string owner, string currency) =>
        Math.Max(0, -await ledger.AvailableAsync(connection, DebtOf(owner), currency).ConfigureAwait(false));

    /// <summary>Pays debts beside free money that are left: from before this rule, or by a way that it doesn't know.</summary>
    /// <returns>How many were paid.</returns>
    public Task<int> SweepAsync(CancellationToken cancellationToken = default) => database.InEachAsync(
        async each =>
        {
            var paid = 0;
            foreach (var due in await each.ReadSystemAsync(c => c.QueryAsync<DueRow>(Due, new { take = Batch }), cancellationToken).ConfigureAwait(false))
            {
                var id = "debt:" + CommerceId.New(time.GetUtcNow());
                paid += await each.WriteAsync(
                    new TenantScope(due.Tenant), c => PayAsync(c, new LedgerAccount(due.Owner, due.Purpose), due.Currency, id, null), cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            return paid;
        },
        cancellationToken);

    // the account first, the debt then, always: whoever makes a debt has looked at the account before, so what is owed is known here
    private async Task<long> DueAsync(ICommerceConnection connection, LedgerAccount account, string currency, long more, long moreOwed)
    {
        var free = await ledger.AvailableAsync(connection, account, currency).ConfigureAwait(false) + more;
        return free <= 0 ? 0 : Math.Min(free, Math.Max(0, moreOwed - await ledger.AvailableAsync(connection, DebtOf(account.Owner), currency).ConfigureAwait(false)));
    }

    private static IEnumerable<LedgerAccount> GainsOf(OrderEntries entries)
    {
        var owing = entries.New.Where(t => t.Debit.Purpose == LedgerPurpose.Debt && t.HoldId is null).SelectMany(t => s_purposes.Select(p => new LedgerAccount(t.Debit.Owner, p)));
        var gaining = entries.Touched().Where(a => s_purposes.Contains(a.Purpose) && entries.Taken(a) < 0);
        var earning = entries.Touched().Where(a => a.Purpose == LedgerPurpose.PointsLiability && Released(entries, a) > 0);
        // in one order, whoever else pays the same owners' debts at this moment
        return owing.Concat(gaining).Concat(earning).Distinct().OrderBy(a => a.Owner, StringComparer.Ordinal).ThenBy(a => a.Purpose).ToList();
    }

    private static long Released(OrderEntries entries, LedgerAccount account) =>
        entries.New.Where(t => t.Kind == LedgerTransferKind.Single && t.Credit == account && t.Reason == MoneyReasons.Release).Sum(t => t.Amount!.Value.Minor);

    private static LedgerAccount DebtOf(string owner) => new(owner, LedgerPurpose.Debt);

    private sealed record DueRow(string Tenant, string Owner, LedgerPurpose Purpose, string Currency);
}
