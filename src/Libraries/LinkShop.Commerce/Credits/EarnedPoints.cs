using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Credits;

/// <summary>Points that a buyer gets for an order once its earnings are released: the rate that was promised when it was made, of what is still paid. The platform's revenue gives them.</summary>
internal static class EarnedPoints
{
    private const string Net = """
        select cast(coalesce(sum(e.amount), 0) as bigint) from (
          select t.amount from ledger_account a join ledger_transfer t on t.credit = a.id and t.tenant = @tenant and t.credit_after is not null
            where a.tenant = @tenant and a.owner = @userId and a.purpose = 'PointsLiability' and a.currency = @currency and t.reason in ('points_earned', 'release')
          union all
          select -t.amount from ledger_account a join ledger_transfer t on t.debit = a.id and t.tenant = @tenant and t.debit_after is not null
            where a.tenant = @tenant and a.owner = @userId and a.purpose = 'PointsLiability' and a.currency = @currency and t.reason in ('points_earned_reversed', 'taken_back')) e
        """;

    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);

    /// <summary>What a user earned by orders and as a promoter whose rewards are points, less what was taken back of it.</summary>
    public static Task<long> OfUserAsync(ICommerceConnection connection, string userId, string currency) => connection.QuerySingleOrDefaultAsync<long>(Net, new { userId, currency });

    /// <summary>Gives what the released lines bring. What was paid with points brings none.</summary>
    public static async Task GiveAsync(ICommerceConnection connection, OrderRow order, IReadOnlyList<SplitRow> lines, Func<SplitRow, bool> released, OrderEntries entries)
    {
        if (order.PointsRate == 0 || order.UserId is not { } user || order.CapturedPayment?.StartsWith(PaymentFacts.Points + "/", StringComparison.Ordinal) == true)
            return;
        var kept = OrderBooks.KeptOf(lines, await OrderBooks.RefundsAsync(connection, order, lines).ConfigureAwait(false), order.Captured);
        var more = DueOf(order, lines, kept, released) - entries.Sum(MoneyReasons.PointsEarned, null);
        if (more > 0)
            entries.Move(Revenue, CreditAccounts.Of(CreditKind.Points, user), more, MoneyReasons.PointsEarned, null);
    }

    /// <summary>Takes back what a refund leaves no ground for, as far as it isn't spent; the platform bears the rest.</summary>
    public static async Task TakeBackAsync(ICommerceConnection connection, ILedger ledger, OrderRow order, IReadOnlyList<SplitRow> lines, long[] kept, OrderEntries entries)
    {
        if (order.PointsRate == 0 || order.UserId is not { } user || entries.Sum(MoneyReasons.PointsEarned, null) is not (> 0 and var earned))
            return;
        var tooMuch = earned - DueOf(order, lines, kept, l => l.Released);
        if (tooMuch <= 0)
            return;
        var account = CreditAccounts.Of(CreditKind.Points, user);
        var left = await ledger.AvailableAsync(connection, account, order.Currency).ConfigureAwait(false) - entries.Taken(account);
        entries.Move(account, Revenue, Math.Clamp(left, 0, tooMuch), MoneyReasons.PointsEarned + MoneyReasons.Reversed, null);
    }

    private static long DueOf(OrderRow order, IReadOnlyList<SplitRow> lines, long[] kept, Func<SplitRow, bool> released)
    {
        var paid = 0L;
        for (var i = 0; i < kept.Length; i++)
            paid += released(lines[i]) ? kept[i] : 0;
        return new Money(paid, order.Currency).PortionDown(order.PointsRate).Minor;
    }
}
