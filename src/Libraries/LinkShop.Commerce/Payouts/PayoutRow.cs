using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Payouts;

/// <summary>A payout as it is stored, without its destination.</summary>
internal sealed record PayoutRow
{
    public string Id { get; init; } = "";
    public string Owner { get; init; } = "";
    public LedgerPurpose Purpose { get; init; }
    public string Currency { get; init; } = "";
    public long Amount { get; init; }
    public long Fee { get; init; }
    public string Provider { get; init; } = "";
    public string DestinationMask { get; init; } = "";
    public PayoutState State { get; init; }
    public int ApprovalsNeeded { get; init; }
    public string RequestedBy { get; init; } = "";
    public DateTimeOffset RequestedAt { get; init; }
    public string? ApprovedBy { get; init; }
    public string? SecondApprovedBy { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public string? ConfirmedBy { get; init; }
    public string? ProviderReference { get; init; }
    public string? Note { get; init; }
    public int Attempts { get; init; }
    public string? LastError { get; init; }
    public int Exports { get; init; }
    public string? ExportedBy { get; init; }
    public DateTimeOffset? ExportedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public const string Columns = """
        id, owner, purpose, currency, amount, fee, provider, destination_mask, state, approvals_needed, requested_by, requested_at, approved_by, second_approved_by,
        decided_by, decided_at, sent_at, paid_at, confirmed_by, provider_reference, note, attempts, last_error, exports, exported_by, exported_at, updated_at
        """;

    private const string ById = $"select {Columns} from payout where tenant = @tenant and id = @id";
    private const string ByIdLocked = ById + " for update";

    private const string UpdateFrom = """
        update payout set state = @state, approved_by = @approvedBy, second_approved_by = @secondApprovedBy, decided_by = @decidedBy, decided_at = @decidedAt, sent_at = @sentAt,
          paid_at = @paidAt, confirmed_by = @confirmedBy, provider_reference = @providerReference, note = @note, attempts = @attempts, last_error = @lastError, updated_at = @updatedAt
        where tenant = @tenant and id = @id
        """;

    public static Task<PayoutRow?> FindAsync(ICommerceConnection connection, string id) => connection.QuerySingleOrDefaultAsync<PayoutRow>(ById, new { id });

    /// <summary>Reads and keeps the row until the transaction ends: every change of a payout is made under this lock, and takes the ledger's after it.</summary>
    public static Task<PayoutRow?> LockAsync(ICommerceConnection connection, string id) =>
        connection.QuerySingleOrDefaultAsync<PayoutRow>(connection.Dialect == CommerceDialect.Postgres ? ByIdLocked : ById, new { id });

    /// <summary>Writes a row that is locked. A new state has to be one that the old one leads to; whoever means to change it and may find it changed checks that first.</summary>
    public static PayoutRow Update(ICommerceConnection connection, PayoutRow from, PayoutRow to, DateTimeOffset now)
    {
        if (from.State != to.State)
            PayoutTransitions.Require(from.State, to.State);
        var row = to with { UpdatedAt = now };
        connection.Defer(UpdateFrom, row);
        return row;
    }

    public Payout ToPayout() => new()
    {
        Id = Id,
        Owner = Owner,
        Purpose = Purpose,
        Amount = new Money(Amount, Currency),
        Fee = new Money(Fee, Currency),
        Provider = Provider,
        DestinationMask = DestinationMask,
        State = State,
        ApprovalsNeeded = ApprovalsNeeded,
        RequestedBy = RequestedBy,
        RequestedAt = RequestedAt,
        ApprovedBy = ApprovedBy,
        SecondApprovedBy = SecondApprovedBy,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        SentAt = SentAt,
        PaidAt = PaidAt,
        ConfirmedBy = ConfirmedBy,
        ProviderReference = ProviderReference,
        Note = Note,
        Attempts = Attempts,
        LastError = LastError,
        Exports = Exports,
        ExportedBy = ExportedBy,
        ExportedAt = ExportedAt,
    };
}
