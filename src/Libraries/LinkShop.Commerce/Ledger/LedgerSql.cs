using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ledger;

/// <summary>The statements of a batch; their texts are constants, so that they stay prepared.</summary>
internal static class LedgerSql
{
    // stands for null in an array of numbers
    private const long None = long.MinValue;

    private const string Columns = "select a.id, a.floored, a.balance, a.held, a.last_at from ";
    private const string PostgresRows = Columns + "ledger_account a where a.tenant = @tenant and a.id = any(@ids) order by a.id for no key update";

    // from the list to the rows, without a table of it in between; "in" has SQLite make and drop one each time
    private const string SqliteRows = Columns + "json_each(@ids) w cross join ledger_account a on a.id = w.value where a.tenant = @tenant";

    private const string TransferColumns = "select t.id, t.kind, t.debit, t.credit, t.amount, t.debit_after, t.credit_after, t.hold_id, t.reason, t.reference, t.expires_at from ";

    private const string SqliteTransfers = TransferColumns + "ledger_transfer t where t.tenant = @tenant and t.id " + SqliteIds;

    // one look-up for each id, whatever the plan: with "= any" PostgreSQL plans once, while the books are empty, to go through all of a tenant's transfers
    private const string PostgresTransfers = TransferColumns
        + "unnest(@ids) as wanted (id) cross join lateral (select * from ledger_transfer where tenant = @tenant and ledger_transfer.id = wanted.id limit 1) t";

    private const string OpenHolds = "select id, debit, credit, amount from ledger_hold where tenant = @tenant and id ";
    private const string PostgresIds = "= any(@ids)";
    private const string SqliteIds = "in (select value from json_each(@ids))";

    private const string Insert = """
        insert into ledger_transfer (tenant, id, kind, debit, credit, amount, debit_after, credit_after, hold_id, reason, reference, at, expires_at)
        values (@tenant, @id, @kind, @debit, @credit, @amount, @debitAfter, @creditAfter, @holdId, @reason, @reference, @at, @expiresAt)
        """;

    private const string InsertAll = """
        insert into ledger_transfer (tenant, id, kind, debit, credit, amount, debit_after, credit_after, hold_id, reason, reference, at, expires_at)
        select @tenant, id, kind, debit, credit, amount, nullif(debit_after, -9223372036854775808), nullif(credit_after, -9223372036854775808),
          nullif(hold_id, ''), reason, nullif(reference, ''), @at, nullif(expires_at, -9223372036854775808)
        from unnest(@ids, @kinds, @debits, @credits, @amounts, @debitAfters, @creditAfters, @holdIds, @reasons, @references, @expiries)
          with ordinality as t (id, kind, debit, credit, amount, debit_after, credit_after, hold_id, reason, reference, expires_at, place) order by place
        """;

    private const string Update = "update ledger_account set balance = @balance, held = @held, last_at = @at where id = @id and tenant = @tenant";

    private const string UpdateAll = """
        update ledger_account a set balance = u.balance, held = u.held, last_at = @at from unnest(@ids, @balances, @helds) as u (id, balance, held) where a.tenant = @tenant and a.id = u.id
        """;

    private const string InsertHold = "insert into ledger_hold (tenant, id, debit, credit, amount, expires_at) values (@tenant, @id, @debit, @credit, @amount, @expiresAt)";
    private const string DeleteHold = "delete from ledger_hold where tenant = @tenant and id = @id";

    public static string Lock(ICommerceConnection connection) => IsPostgres(connection) ? PostgresRows : SqliteRows;

    public static string Existing(ICommerceConnection connection) => IsPostgres(connection) ? PostgresTransfers : SqliteTransfers;

    public static string Holds(ICommerceConnection connection) => IsPostgres(connection) ? OpenHolds + PostgresIds + " order by id for update" : OpenHolds + SqliteIds;

    /// <summary>Writes what was worked out; on PostgreSQL it goes with the next statement or the commit.</summary>
    public static void Write(ICommerceConnection connection, LedgerBook book, IReadOnlyList<AccountState> accounts, long at)
    {
        if (book.New.Count == 0)
            return;
        if (IsPostgres(connection))
        {
            WriteAll(connection, book.New, accounts, at);
        }
        else
        {
            foreach (var t in book.New)
                connection.Defer(Insert, new { t.Id, t.Kind, t.Debit, t.Credit, t.Amount, t.DebitAfter, t.CreditAfter, t.HoldId, t.Reason, t.Reference, at, t.ExpiresAt });
            foreach (var a in accounts)
                connection.Defer(Update, new { a.Id, a.Balance, a.Held, at });
        }

        foreach (var hold in book.NewHolds.Values)
            connection.Defer(InsertHold, new { hold.Id, hold.Debit, hold.Credit, hold.Amount, hold.ExpiresAt });
        foreach (var id in book.EndedHolds)
            connection.Defer(DeleteHold, new { id });
    }

    private static void WriteAll(ICommerceConnection connection, List<StoredTransfer> transfers, IReadOnlyList<AccountState> accounts, long at)
    {
        connection.Defer(InsertAll, new
        {
            ids = transfers.ConvertAll(t => t.Id),
            kinds = transfers.ConvertAll(t => t.Kind.ToString()),
            debits = transfers.ConvertAll(t => t.Debit),
            credits = transfers.ConvertAll(t => t.Credit),
            amounts = transfers.ConvertAll(t => t.Amount),
            debitAfters = transfers.ConvertAll(t => t.DebitAfter ?? None),
            creditAfters = transfers.ConvertAll(t => t.CreditAfter ?? None),
            holdIds = transfers.ConvertAll(t => t.HoldId ?? ""),
            reasons = transfers.ConvertAll(t => t.Reason),
            references = transfers.ConvertAll(t => t.Reference ?? ""),
            expiries = transfers.ConvertAll(t => t.ExpiresAt ?? None),
            at,
        });
        connection.Defer(UpdateAll, new { ids = accounts.Select(a => a.Id).ToList(), balances = accounts.Select(a => a.Balance).ToList(), helds = accounts.Select(a => a.Held).ToList(), at });
    }

    private static bool IsPostgres(ICommerceConnection connection) => connection.Dialect == CommerceDialect.Postgres;
}
