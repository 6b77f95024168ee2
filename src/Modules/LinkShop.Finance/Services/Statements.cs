using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Http;

namespace LinkShop.Finance.Services;

/// <summary>A month of a wallet's released earnings.</summary>
/// <param name="Movements">In order; at most <see cref="Statements.MaxRows"/>, the file has all.</param>
/// <param name="ByReason">Sums over all of the month's movements.</param>
/// <param name="Days">What came and what went on each of the month's days, in minor units; neither below zero.</param>
public sealed record MonthStatement(
    DateOnly Month, string Currency, Money Opening, Money Closing, IReadOnlyList<LedgerMovement> Movements, long Count, IReadOnlyList<(string Reason, long Count, Money Sum)> ByReason,
    IReadOnlyList<(long Came, long Went)> Days);

/// <summary>Makes monthly statements from the books. The months are the site's.</summary>
public sealed class Statements(ILedgerReads reads, TenantScope scope)
{
    /// <summary>Most movements that a page lists.</summary>
    public const int MaxRows = 500;

    /// <summary>Most movements of a debt that a page lists.</summary>
    public const int MaxDebts = 50;

    /// <summary>Id of the order that a movement is about; null when it is about something else.</summary>
    public static string? OrderOf(LedgerMovement movement) =>
        movement.Reference is { } about && about.IndexOf(':', StringComparison.Ordinal) is > 0 and var end && CommerceId.IsWellFormed(about[..end]) ? about[..end] : null;

    /// <summary>How somebody came to owe and paid it off again, the newest first.</summary>
    public Task<IReadOnlyList<LedgerMovement>> DebtsAsync(string owner, string currency, CancellationToken cancellationToken) =>
        reads.LatestAsync(scope, new LedgerAccount(owner, LedgerPurpose.Debt), currency, MaxDebts, cancellationToken);

    /// <summary>The statement of a month.</summary>
    public async Task<MonthStatement> OfAsync(LedgerAccount account, string currency, DateTimeOffset from, DateTimeOffset until, string? zone, CancellationToken cancellationToken)
    {
        var rows = new List<LedgerMovement>();
        var sums = new Dictionary<string, (long Count, long Minor)>(StringComparer.Ordinal);
        Money? opening = null, closing = null;
        var days = new (long Came, long Went)[DateTime.DaysInMonth(from.Year, from.Month)];
        var count = 0L;
        await foreach (var movement in reads.MovementsAsync(scope, account, currency, from, until, cancellationToken))
        {
            opening ??= movement.Balance - movement.Amount;
            closing = movement.Balance;
            if (count++ < MaxRows)
            {
                rows.Add(movement);
            }

            ref var day = ref days[LocalTime.In(zone, movement.At).Day - 1];
            day = movement.Amount.Minor > 0 ? (day.Came + movement.Amount.Minor, day.Went) : (day.Came, day.Went - movement.Amount.Minor);
            var (n, minor) = sums.GetValueOrDefault(movement.Reason);
            sums[movement.Reason] = (n + 1, minor + movement.Amount.Minor);
        }

        var still = await reads.AsOfAsync(scope, account, currency, until.AddMilliseconds(-1), cancellationToken);
        return new MonthStatement(
            DateOnly.FromDateTime(from.Date), currency, opening ?? still, closing ?? still, rows, count,
            [.. sums.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value.Count, new Money(s.Value.Minor, currency)))], days);
    }
}
