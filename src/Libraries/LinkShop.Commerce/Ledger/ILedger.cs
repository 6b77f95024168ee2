using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ledger;

/// <summary>Writes the books.</summary>
public interface ILedger
{
    /// <summary>
    /// Writes transfers within the caller's transaction: all of them, or none when one is refused. Transfers that were written before with the same content are passed
    /// over. Give all transfers of a business change in one call: accounts are locked in one order, and each call costs round trips.
    /// </summary>
    /// <param name="connection">A write of the tenant whose books these are.</param>
    /// <param name="transfers">In the order in which they happen.</param>
    /// <param name="fresh">The caller knows, by a lock of its own, that none of them was written before: they aren't looked for. One that was makes the transaction fail by its
    /// unique id.</param>
    /// <returns>How many were new; or <see cref="CommerceErrors.Invalid"/>, <see cref="CommerceErrors.InsufficientFunds"/> (an account would fall below zero),
    /// <see cref="CommerceErrors.TransferConflict"/> (the id has another content) or <see cref="CommerceErrors.HoldEnded"/>, with <c>transfers[i]</c> as field.</returns>
    Task<CommerceResult<int>> PostAsync(ICommerceConnection connection, IReadOnlyList<LedgerTransfer> transfers, bool fresh = false);

    /// <summary>An account's balance less what is held; nobody else can change it until the caller's transaction ends.</summary>
    /// <param name="connection">A write of the tenant whose books these are.</param>
    /// <param name="account">The account.</param>
    /// <param name="currency">Its currency.</param>
    /// <returns>Minor units; zero for an account that nothing has touched.</returns>
    Task<long> AvailableAsync(ICommerceConnection connection, LedgerAccount account, string currency);
}

/// <summary>Reads the books.</summary>
public interface ILedgerReads
{
    /// <summary>What an account has now.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Zero for an account that nothing has touched.</returns>
    Task<LedgerBalance> BalanceAsync(TenantScope scope, LedgerAccount account, string currency, CancellationToken cancellationToken = default);

    /// <summary>What an account had at a moment: after the last transfer at or before it. Some index look-ups, however many transfers there are.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The balance.</returns>
    Task<Money> AsOfAsync(TenantScope scope, LedgerAccount account, string currency, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Movements of an account with the balance after each, oldest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="after">Where the page before ended; null for the beginning.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    Task<LedgerStatement> StatementAsync(TenantScope scope, LedgerAccount account, string currency, LedgerPosition? after = null, int take = 100, CancellationToken cancellationToken = default);

    /// <summary>The last movements of an account with the balance after each, newest first. Some index look-ups, however many there are.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="take">How many at most, up to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>None for an account that nothing has touched.</returns>
    Task<IReadOnlyList<LedgerMovement>> LatestAsync(TenantScope scope, LedgerAccount account, string currency, int take, CancellationToken cancellationToken = default);

    /// <summary>All movements of an account within a period, oldest first, read page by page.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="from">Its begin; null for the account's.</param>
    /// <param name="until">Its end, not in it; null for now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<LedgerMovement> MovementsAsync(
        TenantScope scope, LedgerAccount account, string currency, DateTimeOffset? from = null, DateTimeOffset? until = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a statement as CSV (RFC 4180 with a header line), page by page. Columns keep their names in every language; <c>reason</c> is the stable code of <c>name</c>.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="output">Where to.</param>
    /// <param name="export">The period, and for whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ExportAsync(TenantScope scope, LedgerAccount account, string currency, TextWriter output, LedgerExport export, CancellationToken cancellationToken = default);
}

/// <summary>What of an account is written into a file, and how it is told to who reads it.</summary>
public sealed record LedgerExport
{
    /// <summary>Begin of the period; null for the account's.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Its end, not in it; null for now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reader's time of a moment; without it UTC.</summary>
    public Func<DateTimeOffset, DateTimeOffset> Local { get; init; } = moment => moment;

    /// <summary>What a reason is called.</summary>
    public Func<string, string> Name { get; init; } = reason => reason;

    /// <summary>Number of the order that a movement is about; null when it is about something else.</summary>
    public Func<LedgerMovement, string?> Order { get; init; } = _ => null;
}

/// <summary>What an account has.</summary>
/// <param name="Balance">Credits less debits.</param>
/// <param name="Held">The part of it that is kept for transfers to come.</param>
public sealed record LedgerBalance(Money Balance, Money Held)
{
    /// <summary>What can be moved.</summary>
    public Money Available => Balance - Held;
}

/// <summary>A place in an account's statement.</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Sequence">Orders transfers of the same millisecond.</param>
public readonly record struct LedgerPosition(long At, long Sequence);

/// <summary>One movement of an account.</summary>
/// <param name="Position">Its place.</param>
/// <param name="TransferId">The transfer.</param>
/// <param name="Amount">Above zero when the account got it, below when it gave it.</param>
/// <param name="Balance">What the account had after it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Reference">What about; may be null.</param>
public sealed record LedgerMovement(LedgerPosition Position, string TransferId, Money Amount, Money Balance, string Reason, string? Reference)
{
    /// <summary>When.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(Position.At);
}

/// <summary>A page of a statement.</summary>
/// <param name="Opening">The balance before its first movement.</param>
/// <param name="Movements">Oldest first.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record LedgerStatement(Money Opening, IReadOnlyList<LedgerMovement> Movements, LedgerPosition? Next);
