using System.Collections.Frozen;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Settlement;

namespace LinkShop.Commerce.Splits;

/// <summary>
/// Keeps the books of an order: what everybody should have is a function of the facts (payments and decided refunds), and the transfers are the difference to what is written.
/// So the books come to the same end whatever the order of events, and say why each amount moved.
/// </summary>
internal sealed class OrderBooks(SplitStore splits, ILedger ledger, Debts debts, ReferralBudget budgets)
{
    private const string Refunds = """
        select l.line, cast(sum(case when r.payer = 'Merchant' then l.amount else 0 end) as bigint) as by_merchant, cast(sum(case when r.payer = 'Platform' then l.amount else 0 end) as bigint) as by_platform
        from refund r join refund_line l on l.tenant = r.tenant and l.refund_id = r.id
        where r.tenant = @tenant and r.order_id = @orderId and r.state = 'Approved' group by l.line
        """;

    private const string Due = "update order_split set release_at = @releaseAt where tenant = @tenant and order_id = @orderId and line = @line and state = 'Pending'";

    private const string Counted = "update orders set transfers = @count where tenant = @tenant and id = @orderId";

    private const string RewardDue = "update order_split set reward_at = @rewardAt, intro_at = @introAt where tenant = @tenant and order_id = @orderId and line = @line";

    private static readonly LedgerAccount Buyers = new("", LedgerPurpose.BuyerClearing);
    private static readonly LedgerAccount Bank = new(PaymentFacts.Manual, LedgerPurpose.ProviderClearing);
    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);

    /// <summary>Brings the books in line with an order's payments.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="rows">The order's rows, read under its lock.</param>
    /// <param name="payments">Its payments as they are now.</param>
    /// <param name="assessed">What they amount to.</param>
    /// <param name="state">The order's state from now on.</param>
    /// <param name="fulfilledAt">When it was delivered; null when it isn't.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many transfers there are about the order now.</returns>
    /// <exception cref="RefusedException">The payer's balance doesn't cover the payment.</exception>
    public async Task<int> FollowAsync(
        ICommerceConnection connection, IReadOnlyList<OrderRow> rows, IReadOnlyList<PaymentFacts> payments, PaymentAssessment assessed, OrderState state, DateTimeOffset? fulfilledAt, DateTimeOffset now)
    {
        var order = rows[0];
        if (!assessed.AnyPaid)
            return order.Transfers;
        var entries = await OrderEntries.ReadAsync(connection, order.Id, order.Currency, order.Transfers).ConfigureAwait(false);
        DisputeHolds.End(entries);
        FollowBank(entries, payments);
        foreach (var provider in payments.GroupBy(p => p.Provider, StringComparer.Ordinal))
        {
            var account = AccountOf(provider.Key, order);
            if (provider.Key != PaymentFacts.Manual)
                Follow(entries, account, Buyers, provider.Sum(p => p.There), MoneyReasons.Payment, MoneyReasons.Refund);
            Follow(entries, Revenue, account, provider.Sum(p => p.Excess), MoneyReasons.RefundExcess, MoneyReasons.RefundExcess + MoneyReasons.Reversed);
        }

        var releaseFrom = state == OrderState.Disputed ? null : fulfilledAt;
        var frozen = order.Transfers == 0 ? [] : await SplitStore.ReadAsync(connection, order.Id).ConfigureAwait(false);
        var isNew = frozen.Count == 0 && assessed.Captured is { CapturedNow: > 0 };
        ReferralSale? sale = null;
        if (isNew)
            (frozen, sale) = await splits.FreezeAsync(connection, rows, assessed.Captured!.Provider, releaseFrom, now).ConfigureAwait(false);
        IReadOnlyList<long[]> have = [];
        if (frozen.Count > 0)
        {
            var captured = assessed.Captured?.CapturedNow ?? 0;
            have = await FollowLinesAsync(connection, order, frozen, entries, captured, isNew, releaseFrom, now).ConfigureAwait(false);
            ReferralTally.Returned(connection, order, (isNew ? order.Total : order.Captured) - captured, now);
        }

        if (state == OrderState.Disputed)
            await DisputeHolds.BeginAsync(connection, ledger, frozen, have, entries).ConfigureAwait(false);
        await WriteAsync(connection, entries).ConfigureAwait(false);
        // after the accounts, always: from here to the commit all other sales of the plan wait
        await budgets.FollowAsync(connection, frozen, entries, sale, now).ConfigureAwait(false);
        return entries.Count;
    }

    /// <summary>Writes what an order's entries have that is new, and of what becomes free by it what is owed.</summary>
    public async Task WriteAsync(ICommerceConnection connection, OrderEntries entries)
    {
        if (entries.New.Count == 0)
            return;
        await debts.PayAsync(connection, entries).ConfigureAwait(false);
        // they are numbered under the order's lock
        var posted = await ledger.PostAsync(connection, entries.New, fresh: true).ConfigureAwait(false);
        if (posted.Error is { } error)
            throw error.Code == CommerceErrors.InsufficientFunds ? new RefusedException([error]) : new InvalidOperationException($"An order's transfers were refused: {error.Code}: {error.Message}");
    }

    /// <summary>The same, and keeps their number with the order.</summary>
    public async Task CloseAsync(ICommerceConnection connection, OrderEntries entries)
    {
        await WriteAsync(connection, entries).ConfigureAwait(false);
        connection.Defer(Counted, new { orderId = entries.OrderId, count = entries.Count });
    }

    /// <summary>Where a payment's money comes from.</summary>
    public static LedgerAccount AccountOf(string provider, OrderRow order) => provider switch
    {
        PaymentFacts.Balance => new LedgerAccount(order.UserId ?? "", LedgerPurpose.BuyerBalance),
        PaymentFacts.Points => new LedgerAccount(order.UserId ?? "", LedgerPurpose.PointsLiability),
        PaymentFacts.Resale => new LedgerAccount(order.SupplyShop ?? "", LedgerPurpose.SupplyReceivable),
        _ => new LedgerAccount(provider, LedgerPurpose.ProviderClearing),
    };

    /// <summary>The bank has what was confirmed by hand, without what staff transferred back, of whichever payment.</summary>
    private static void FollowBank(OrderEntries entries, IReadOnlyList<PaymentFacts> payments)
    {
        if (payments.Any(p => p.Provider == PaymentFacts.Manual || p.FromBank > 0))
            Follow(entries, Bank, Buyers, payments.Sum(p => p.Provider == PaymentFacts.Manual ? p.There : -p.FromBank), MoneyReasons.Payment, MoneyReasons.Refund);
    }

    /// <summary>What was taken back of each line by decided refunds.</summary>
    public static async Task<LineRefunds[]> RefundsAsync(ICommerceConnection connection, OrderRow order, IReadOnlyList<SplitRow> lines)
    {
        var refunds = new LineRefunds[lines.Count];
        if (order.RefundApproved == 0)
            return refunds;
        foreach (var row in await connection.QueryAsync<RefundRow>(Refunds, new { orderId = order.Id }).ConfigureAwait(false))
        {
            for (var i = 0; i < refunds.Length; i++)
                refunds[i] = lines[i].Line == row.Line ? new LineRefunds(row.ByMerchant, row.ByPlatform) : refunds[i];
        }

        return refunds;
    }

    /// <summary>What of each line is still paid.</summary>
    public static long[] KeptOf(IReadOnlyList<SplitRow> lines, IReadOnlyList<LineRefunds> refunds, long captured)
    {
        var totals = new long[lines.Count];
        if (captured == 0)
            return totals;
        for (var i = 0; i < totals.Length; i++)
            totals[i] = lines[i].Total;
        return LinePosition.Kept(totals, refunds, captured);
    }

    /// <summary>The lines whose supplier has delivered and keeps its part; asked for only where there is one that does.</summary>
    public static async ValueTask<IReadOnlySet<int>> DeliveredAsync(ICommerceConnection connection, OrderRow order, IReadOnlyList<SplitRow> lines) =>
        order.Supplies == 0 || !lines.Any(l => l.Shares.Any(LinePosition.IsFixed))
            ? FrozenSet<int>.Empty
            : (await SupplyLine.OfOrderAsync(connection, order.Id).ConfigureAwait(false)).Where(l => l.Delivered).Select(l => l.Line).ToHashSet();

    /// <summary>Writes what is missing for an amount to have gone from one account to another, or takes back what is too much.</summary>
    private static void Follow(OrderEntries entries, LedgerAccount from, LedgerAccount to, long wanted, string reason, string back)
    {
        var written = 0L;
        foreach (var entry in entries.Written)
        {
            if (entry.Reason == reason && entry.DebitOwner == from.Owner && entry.DebitPurpose == from.Purpose && entry.CreditOwner == to.Owner && entry.CreditPurpose == to.Purpose)
                written += entry.Amount;
            else if (entry.Reason == back && entry.DebitOwner == to.Owner && entry.DebitPurpose == to.Purpose && entry.CreditOwner == from.Owner && entry.CreditPurpose == from.Purpose)
                written -= entry.Amount;
        }

        if (wanted > written)
            entries.Move(from, to, wanted - written, reason, null);
        else
            entries.Move(to, from, written - wanted, back, null);
    }

    /// <summary>The order was delivered by hand just now: of each line by which somebody earns, the days until the release begin.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="order">The order, under its lock.</param>
    /// <param name="now">The time.</param>
    public static async Task BeginReleaseAsync(ICommerceConnection connection, OrderRow order, DateTimeOffset now)
    {
        var lines = await SplitStore.ReadAsync(connection, order.Id).ConfigureAwait(false);
        var refunds = await RefundsAsync(connection, order, lines).ConfigureAwait(false);
        var kept = KeptOf(lines, refunds, order.Captured);
        for (var i = 0; i < kept.Length; i++)
        {
            if (IsEarned(kept[i], refunds[i]))
                SplitStore.BeginRelease(connection, order.Id, lines[i].Line, rewarded: kept[i] > 0, now);
        }
    }

    // also of what the platform paid back out of its own everybody keeps their part
    private static bool IsEarned(long kept, LineRefunds refunds) => kept + refunds.ByPlatform > 0;

    private async Task<IReadOnlyList<long[]>> FollowLinesAsync(ICommerceConnection connection, OrderRow order, IReadOnlyList<SplitRow> lines, OrderEntries entries, long captured, bool isNew, DateTimeOffset? releaseFrom, DateTimeOffset now)
    {
        var refunds = await RefundsAsync(connection, order, lines).ConfigureAwait(false);
        var kept = KeptOf(lines, refunds, captured);
        var delivered = await DeliveredAsync(connection, order, lines).ConfigureAwait(false);
        var have = new long[kept.Length][];
        for (var i = 0; i < kept.Length; i++)
        {
            var line = new LineBooks(connection, ledger, lines[i], entries);
            have[i] = await line.FollowAsync(kept[i], refunds[i].ByPlatform, delivered.Contains(lines[i].Line)).ConfigureAwait(false);
            var releaseAt = IsEarned(kept[i], refunds[i]) && !lines[i].Released ? releaseFrom?.AddDays(lines[i].ReleaseDays) : null;
            if (!isNew && releaseAt != lines[i].ReleaseAt)
                connection.Defer(Due, new { orderId = order.Id, line = lines[i].Line, releaseAt });
            var (rewardAt, introAt) = kept[i] > 0 ? (lines[i].RewardAtFor(releaseFrom), lines[i].IntroAtFor(releaseFrom)) : default;
            if (!isNew && (rewardAt != lines[i].RewardAt || introAt != lines[i].IntroAt))
                connection.Defer(RewardDue, new { orderId = order.Id, line = lines[i].Line, rewardAt, introAt });
        }

        if (lines.Any(l => l.RewardDays is not null))
            ReferralTally.Add(connection, order, entries, now);
        await EarnedPoints.TakeBackAsync(connection, ledger, order, lines, kept, entries).ConfigureAwait(false);
        return have;
    }

    private sealed record RefundRow(int Line, long ByMerchant, long ByPlatform);
}
