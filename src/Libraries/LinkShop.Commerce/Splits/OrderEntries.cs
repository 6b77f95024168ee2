using System.Globalization;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Splits;

/// <summary>A transfer about an order, as it was written.</summary>
internal sealed record OrderEntry(
    string Id, LedgerTransferKind Kind, string DebitOwner, LedgerPurpose DebitPurpose, string CreditOwner, LedgerPurpose CreditPurpose,
    long Amount, string Reason, string? Reference, DateTimeOffset At, string? HoldId);

/// <summary>The transfers about one order: those there are, and those to be written. Used under the order's lock.</summary>
internal sealed class OrderEntries(string orderId, string currency, IReadOnlyList<OrderEntry> written, int count)
{
    private const string Columns = """
        t.id, t.kind, d.owner as debit_owner, d.purpose as debit_purpose, c.owner as credit_owner, c.purpose as credit_purpose, t.amount, t.reason, t.reference, t.at, t.hold_id
        """;

    private const string Sqlite = $"""
        select {Columns} from ledger_transfer t join ledger_account d on d.id = t.debit join ledger_account c on c.id = t.credit
        where t.tenant = @tenant and t.id in (select value from json_each(@ids)) order by t.seq
        """;

    private const string Postgres = $"""
        select {Columns} from unnest(@ids) as wanted (id) cross join lateral (select * from ledger_transfer where tenant = @tenant and ledger_transfer.id = wanted.id limit 1) t
          join ledger_account d on d.id = t.debit join ledger_account c on c.id = t.credit order by t.seq
        """;

    private int _count = count;

    public IReadOnlyList<OrderEntry> Written => written;

    public List<LedgerTransfer> New { get; } = [];

    public int Count => _count;

    public string Currency => currency;

    public string OrderId => orderId;

    /// <summary>What the new transfers take of an account, less what they free or bring.</summary>
    public long Taken(LedgerAccount account)
    {
        var taken = 0L;
        foreach (var t in New)
        {
            if (t.Kind == LedgerTransferKind.Void && written.FirstOrDefault(e => e.Id == t.HoldId) is { } hold && hold.DebitOwner == account.Owner && hold.DebitPurpose == account.Purpose)
                taken -= hold.Amount;
            if (t.HoldId is null && t.Debit == account)
                taken += t.Amount!.Value.Minor;
            if (t.Kind == LedgerTransferKind.Single && t.Credit == account)
                taken -= t.Amount!.Value.Minor;
        }

        return taken;
    }

    /// <summary>The accounts that the new transfers give to, or free something of.</summary>
    public IEnumerable<LedgerAccount> Touched()
    {
        foreach (var t in New)
        {
            if (t.Kind == LedgerTransferKind.Single)
                yield return t.Credit;
            else if (t.Kind == LedgerTransferKind.Void && written.FirstOrDefault(e => e.Id == t.HoldId) is { } hold)
                yield return new LedgerAccount(hold.DebitOwner, hold.DebitPurpose);
        }
    }

    public static async Task<OrderEntries> ReadAsync(ICommerceConnection connection, string orderId, string currency, int count)
    {
        if (count == 0)
            return new OrderEntries(orderId, currency, [], 0);
        return new OrderEntries(orderId, currency, await ReadManyAsync(connection, [(orderId, count)]).ConfigureAwait(false), count);
    }

    /// <summary>The transfers about several orders.</summary>
    public static Task<IReadOnlyList<OrderEntry>> ReadManyAsync(ICommerceConnection connection, IReadOnlyList<(string OrderId, int Count)> orders)
    {
        var ids = orders.SelectMany(o => Enumerable.Range(0, o.Count).Select(i => IdOf(o.OrderId, i))).ToList();
        return connection.QueryAsync<OrderEntry>(connection.Dialect == CommerceDialect.Postgres ? Postgres : Sqlite, new { ids });
    }

    /// <summary>Moves an amount; nothing when it is zero.</summary>
    public void Move(LedgerAccount from, LedgerAccount to, long minor, string reason, int? line)
    {
        if (minor != 0)
            New.Add(LedgerTransfer.Move(Next(), from, to, new Money(minor, currency), reason, ReferenceOf(line)));
    }

    public void Hold(LedgerAccount from, LedgerAccount to, long minor, string reason, int line)
    {
        if (minor != 0)
            New.Add(LedgerTransfer.Hold(Next(), from, to, new Money(minor, currency), reason, ReferenceOf(line)));
    }

    public void Void(string holdId, string reason) => New.Add(LedgerTransfer.Void(Next(), holdId, reason, orderId));

    /// <summary>What was moved for a reason less what was moved back.</summary>
    public long Sum(string reason, int? line)
    {
        var reference = ReferenceOf(line);
        var sum = 0L;
        foreach (var entry in written)
        {
            if (entry.Kind == LedgerTransferKind.Single && entry.Reference == reference && entry.Reason.StartsWith(reason, StringComparison.Ordinal))
                sum += entry.Reason.Length == reason.Length ? entry.Amount : entry.Reason[reason.Length..] == MoneyReasons.Reversed ? -entry.Amount : 0;
        }

        return sum;
    }

    /// <summary>Holds for a reason that have not ended.</summary>
    public IEnumerable<string> OpenHolds(string reason) =>
        written.Where(e => e.Kind == LedgerTransferKind.Hold && e.Reason == reason && !written.Any(end => end.HoldId == e.Id)).Select(e => e.Id);

    public static string IdOf(string orderId, int number) => string.Create(CultureInfo.InvariantCulture, $"{orderId}:{number}");

    private string Next() => IdOf(orderId, _count++);

    private string ReferenceOf(int? line) => line is { } number ? IdOf(orderId, number) : orderId;
}
