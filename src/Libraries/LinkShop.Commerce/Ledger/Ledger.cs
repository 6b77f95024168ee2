using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ledger;

/// <inheritdoc />
internal sealed class Ledger(LedgerAccounts accounts, TimeProvider time) : ILedger
{
    private const string Available = "select balance - held from ledger_account where tenant = @tenant and owner = @owner and purpose = @purpose and currency = @currency";

    public async Task<CommerceResult<int>> PostAsync(ICommerceConnection connection, IReadOnlyList<LedgerTransfer> transfers, bool fresh = false)
    {
        if (LedgerRules.Check(transfers) is { } invalid)
            return invalid;
        if (transfers.Count == 0)
            return 0;

        // holds before accounts, and each in one order: two batches never wait for each other
        var holds = await HoldsAsync(connection, transfers).ConfigureAwait(false);
        var keys = Keys(connection, transfers);
        var ids = await accounts.ResolveAsync(connection, keys.Where(k => k.Debit.Currency is not null).SelectMany(k => new[] { k.Debit, k.Credit }).ToHashSet()).ConfigureAwait(false);
        var rows = ids.Values.Concat(holds.Values.SelectMany(h => new[] { h.Debit, h.Credit })).Distinct().Order().ToList();

        var (states, known) = await ReadAsync(connection, rows, transfers, fresh).ConfigureAwait(false);
        var book = new LedgerBook(states.ToDictionary(s => s.Id), holds, known.ToDictionary(t => t.Id, StringComparer.Ordinal));
        for (var i = 0; i < transfers.Count; i++)
        {
            var (debit, credit) = keys[i].Debit.Currency is null ? (0, 0) : (ids[keys[i].Debit], ids[keys[i].Credit]);
            if (book.Apply(transfers[i], debit, credit) is var (code, message))
                return new CommerceError(code, message, LedgerRules.FieldOf(i));
        }

        // never before what an account has seen already, whatever this machine's clock says: statements are in the order of writing
        var at = states.Select(s => s.LastAt).Append(time.GetUtcNow().ToUnixTimeMilliseconds()).Max();
        LedgerSql.Write(connection, book, states, at);
        return book.New.Count;
    }

    public async Task<long> AvailableAsync(ICommerceConnection connection, LedgerAccount account, string currency)
    {
        var parameters = new { owner = account.Owner, purpose = account.Purpose, currency };
        if (connection.Dialect == CommerceDialect.Postgres)
        {
            // one row is read again once the lock is there; of several, one that was opened while the lock was waited for is seen by the next statement only
            if (LedgerPolicy.SlotsOf(account.Purpose) == 1)
                return (await connection.QueryAsync<long>(Available + " for no key update", parameters).ConfigureAwait(false)).Sum();
            _ = connection.DeferQuery<long>(Available + " order by slot for no key update", parameters);
        }

        return (await connection.QueryAsync<long>(Available, parameters).ConfigureAwait(false)).Sum();
    }

    private static async Task<(IReadOnlyList<AccountState> States, IReadOnlyList<StoredTransfer> Known)> ReadAsync(
        ICommerceConnection connection, List<long> rows, IReadOnlyList<LedgerTransfer> transfers, bool fresh)
    {
        if (fresh)
            return (await connection.QueryAsync<AccountState>(LedgerSql.Lock(connection), new { ids = rows }).ConfigureAwait(false), []);

        // after the locks, so that whoever wrote the same transfer meanwhile is seen
        var states = connection.DeferQuery<AccountState>(LedgerSql.Lock(connection), new { ids = rows });
        var known = await connection.QueryAsync<StoredTransfer>(LedgerSql.Existing(connection), new { ids = transfers.Select(t => t.Id).Distinct().ToList() }).ConfigureAwait(false);
        return (states.Rows, known);
    }

    private static async ValueTask<Dictionary<string, OpenHold>> HoldsAsync(ICommerceConnection connection, IReadOnlyList<LedgerTransfer> transfers)
    {
        var ending = transfers.Where(t => t.HoldId is not null).Select(t => t.HoldId!).Distinct().Order(StringComparer.Ordinal).ToList();
        return ending.Count == 0
            ? new Dictionary<string, OpenHold>(StringComparer.Ordinal)
            : (await connection.QueryAsync<OpenHold>(LedgerSql.Holds(connection), new { ids = ending }).ConfigureAwait(false)).ToDictionary(h => h.Id, StringComparer.Ordinal);
    }

    private static (AccountKey Debit, AccountKey Credit)[] Keys(ICommerceConnection connection, IReadOnlyList<LedgerTransfer> transfers)
    {
        var keys = new (AccountKey Debit, AccountKey Credit)[transfers.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var transfer = transfers[i];
            if (transfer.HoldId is null)
            {
                var currency = transfer.Amount!.Value.Currency;
                keys[i] = (LedgerAccounts.KeyFor(connection, transfer.Debit, currency, transfer.Id), LedgerAccounts.KeyFor(connection, transfer.Credit, currency, transfer.Id));
            }
        }

        return keys;
    }
}
