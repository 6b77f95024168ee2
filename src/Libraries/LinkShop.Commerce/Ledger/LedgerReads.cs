using System.Globalization;
using System.Runtime.CompilerServices;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ledger;

/// <inheritdoc />
internal sealed class LedgerReads(ICommerceDatabase database) : ILedgerReads
{
    private const int ExportPage = 1000;
    private static readonly LedgerPosition Beginning = new(long.MinValue, long.MinValue);

    // the last transfer of either side; the one written later has the balance
    private const string Last = """
        select at, seq, debit_after as balance from (select at, seq, debit_after from ledger_transfer
          where tenant = @tenant and debit = @row and debit_after is not null and (at, seq) <= (@at, @sequence) order by at desc, seq desc limit 1) d
        union all
        select at, seq, credit_after as balance from (select at, seq, credit_after from ledger_transfer
          where tenant = @tenant and credit = @row and credit_after is not null and (at, seq) <= (@at, @sequence) order by at desc, seq desc limit 1) c
        """;

    private static readonly string s_page = Movements("and (at, seq) > (@at, @sequence) order by at, seq");

    private static readonly string s_newest = Movements("order by at desc, seq desc");

    private const string Total = """
        select cast(coalesce(sum(balance), 0) as bigint), cast(coalesce(sum(held), 0) as bigint) from ledger_account
        where tenant = @tenant and owner = @owner and purpose = @purpose and currency = @currency
        """;

    public async Task<LedgerBalance> BalanceAsync(TenantScope scope, LedgerAccount account, string currency, CancellationToken cancellationToken = default)
    {
        var (balance, held) = await database.ReadAsync(scope, c => TotalAsync(c, account, currency), cancellationToken).ConfigureAwait(false);
        return new LedgerBalance(new Money(balance, currency), new Money(held, currency));
    }

    public Task<Money> AsOfAsync(TenantScope scope, LedgerAccount account, string currency, DateTimeOffset at, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope,
        async c => new Money(
            await BalanceAtAsync(c, await LedgerAccounts.RowsAsync(c, account, currency).ConfigureAwait(false), new LedgerPosition(at.ToUnixTimeMilliseconds(), long.MaxValue)).ConfigureAwait(false),
            currency),
        cancellationToken);

    public Task<LedgerStatement> StatementAsync(
        TenantScope scope, LedgerAccount account, string currency, LedgerPosition? after = null, int take = 100, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope,
        async c =>
        {
            take = Math.Clamp(take, 1, 10_000);
            var from = after ?? Beginning;
            var rows = await LedgerAccounts.RowsAsync(c, account, currency).ConfigureAwait(false);
            var balance = after is null ? 0 : await BalanceAtAsync(c, rows, from).ConfigureAwait(false);
            var opening = new Money(balance, currency);
            var found = (await EachAsync<Row>(c, rows, s_page, row => new { row, at = from.At, sequence = from.Sequence, take = take + 1 }).ConfigureAwait(false)).SelectMany(r => r).ToList();
            var page = found.OrderBy(r => (r.At, r.Seq)).Take(take).Select(r => new LedgerMovement(
                new LedgerPosition(r.At, r.Seq), r.Id, new Money(r.Amount, currency), new Money(balance = checked(balance + r.Amount), currency), r.Reason, r.Reference)).ToList();
            return new LedgerStatement(opening, page, found.Count > take ? page[^1].Position : null);
        },
        cancellationToken);

    public Task<IReadOnlyList<LedgerMovement>> LatestAsync(TenantScope scope, LedgerAccount account, string currency, int take, CancellationToken cancellationToken = default) =>
        // a balance and the movements that led to it
        database.ReadSnapshotAsync<IReadOnlyList<LedgerMovement>>(
            scope,
            async c =>
            {
                take = Math.Clamp(take, 1, 1000);
                var (balance, _) = await TotalAsync(c, account, currency).ConfigureAwait(false);
                var rows = await LedgerAccounts.RowsAsync(c, account, currency).ConfigureAwait(false);
                var found = (await EachAsync<Row>(c, rows, s_newest, row => new { row, take }).ConfigureAwait(false)).SelectMany(r => r);
                var latest = new List<LedgerMovement>(take);
                foreach (var r in found.OrderByDescending(r => (r.At, r.Seq)).Take(take))
                {
                    latest.Add(new LedgerMovement(new LedgerPosition(r.At, r.Seq), r.Id, new Money(r.Amount, currency), new Money(balance, currency), r.Reason, r.Reference));
                    balance -= r.Amount;
                }

                return latest;
            },
            cancellationToken);

    public async IAsyncEnumerable<LedgerMovement> MovementsAsync(
        TenantScope scope, LedgerAccount account, string currency, DateTimeOffset? from = null, DateTimeOffset? until = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = from is { } begin ? new LedgerPosition(begin.ToUnixTimeMilliseconds() - 1, long.MaxValue) : (LedgerPosition?)null;
        do
        {
            var page = await StatementAsync(scope, account, currency, next, ExportPage, cancellationToken).ConfigureAwait(false);
            foreach (var movement in page.Movements)
            {
                if (movement.At >= until)
                    yield break;
                yield return movement;
            }

            next = page.Next;
        }
        while (next is not null);
    }

    public async Task ExportAsync(TenantScope scope, LedgerAccount account, string currency, TextWriter output, LedgerExport export, CancellationToken cancellationToken = default)
    {
        await output.WriteAsync("time,transfer,amount,balance,currency,reason,name,order,reference\r\n").ConfigureAwait(false);
        await foreach (var m in MovementsAsync(scope, account, currency, export.From, export.Until, cancellationToken).ConfigureAwait(false))
        {
            var time = export.Local(m.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            await output.WriteAsync(string.Join(
                ',', time, Csv.Harmless(m.TransferId), m.Amount.ToDecimalString(), m.Balance.ToDecimalString(), currency, Csv.Harmless(m.Reason), Csv.Harmless(export.Name(m.Reason)),
                Csv.Harmless(export.Order(m)), Csv.Harmless(m.Reference)) + "\r\n").ConfigureAwait(false);
        }
    }

    // what an account's row paid and what it got, each by its index
    private static string Movements(string which) => $"""
        select at, seq, id, -amount as amount, reason, reference from (select at, seq, id, amount, reason, reference from ledger_transfer
          where tenant = @tenant and debit = @row and debit_after is not null {which} limit @take) d
        union all
        select at, seq, id, amount, reason, reference from (select at, seq, id, amount, reason, reference from ledger_transfer
          where tenant = @tenant and credit = @row and credit_after is not null {which} limit @take) c
        """;

    private static Task<(long Balance, long Held)> TotalAsync(ICommerceConnection connection, LedgerAccount account, string currency) =>
        connection.QuerySingleOrDefaultAsync<(long, long)>(Total, new { owner = account.Owner, purpose = account.Purpose, currency });

    private static async Task<long> BalanceAtAsync(ICommerceConnection connection, IReadOnlyList<long> rows, LedgerPosition position)
    {
        var last = await EachAsync<Balance>(connection, rows, Last, row => new { row, at = position.At, sequence = position.Sequence }).ConfigureAwait(false);
        return last.Sum(found => found.Count == 0 ? 0 : found.MaxBy(b => (b.At, b.Seq))!.Amount);
    }

    /// <summary>Asks the same of every row of an account, in one round trip.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<T>>> EachAsync<T>(ICommerceConnection connection, IReadOnlyList<long> rows, string sql, Func<long, object> parameters)
    {
        if (rows.Count == 0)
            return [];
        var earlier = rows.Take(rows.Count - 1).Select(row => connection.DeferQuery<T>(sql, parameters(row))).ToList();
        var last = await connection.QueryAsync<T>(sql, parameters(rows[^1])).ConfigureAwait(false);
        return [.. earlier.Select(e => e.Rows), last];
    }

    private sealed record Row(long At, long Seq, string Id, long Amount, string Reason, string? Reference);

    private sealed class Balance(long at, long seq, long balance)
    {
        public long At => at;

        public long Seq => seq;

        public long Amount => balance;
    }
}
