using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Splits;

/// <summary>Who got what of an order, and why.</summary>
public interface IOrderMoney
{
    /// <summary>Reads an order's money.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Without lines when nothing was paid; null when there is no such order.</returns>
    Task<OrderMoney?> ReadAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);
}

/// <summary>An order's money.</summary>
/// <param name="Lines">The paid lines.</param>
/// <param name="Movements">All transfers about the order, oldest first.</param>
public sealed record OrderMoney(IReadOnlyList<LineMoney> Lines, IReadOnlyList<MoneyMovement> Movements);

/// <summary>A paid line.</summary>
/// <param name="Line">Number of the line.</param>
/// <param name="Total">What was paid for it.</param>
/// <param name="Kept">What of that is still paid.</param>
/// <param name="Shares">Who has how much of it now; the merchant first. They sum to <paramref name="Kept"/>, less what the platform bears.</param>
/// <param name="ReleaseAt">When the earnings are released, or null.</param>
/// <param name="Released">Whether they were.</param>
public sealed record LineMoney(int Line, Money Total, Money Kept, IReadOnlyList<ShareMoney> Shares, DateTimeOffset? ReleaseAt, bool Released);

/// <summary>A share.</summary>
/// <param name="Share">As it was frozen when the order was paid, with its reason.</param>
/// <param name="Now">What is left of it after refunds.</param>
public sealed record ShareMoney(Share Share, Money Now);

/// <summary>A transfer about an order.</summary>
public sealed record MoneyMovement(DateTimeOffset At, LedgerTransferKind Kind, LedgerAccount From, LedgerAccount To, Money Amount, string Reason);

/// <inheritdoc />
internal sealed class OrderMoneyReader(ICommerceDatabase database) : IOrderMoney
{
    public Task<OrderMoney?> ReadAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope,
        async c =>
        {
            var rows = await c.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }).ConfigureAwait(false);
            if (rows.Count == 0)
                return null;
            var order = rows[0];
            Money In(long minor) => new(minor, order.Currency);
            var lines = await SplitStore.ReadAsync(c, orderId).ConfigureAwait(false);
            var refunds = await OrderBooks.RefundsAsync(c, order, lines).ConfigureAwait(false);
            var kept = OrderBooks.KeptOf(lines, refunds, order.Captured);
            var delivered = await OrderBooks.DeliveredAsync(c, order, lines).ConfigureAwait(false);
            var entries = await OrderEntries.ReadAsync(c, orderId, order.Currency, order.Transfers).ConfigureAwait(false);
            return new OrderMoney(
                [.. lines.Select((l, i) =>
                {
                    var (now, _) = LinePosition.Of(l.Shares, l.Total, kept[i], refunds[i].ByPlatform, delivered.Contains(l.Line));
                    return new LineMoney(l.Line, In(l.Total), In(kept[i]), [.. l.Shares.Select((s, k) => new ShareMoney(s, In(now[k])))], l.ReleaseAt, l.Released);
                })],
                [.. entries.Written.Select(e => new MoneyMovement(e.At, e.Kind, new LedgerAccount(e.DebitOwner, e.DebitPurpose), new LedgerAccount(e.CreditOwner, e.CreditPurpose), In(e.Amount), e.Reason))]);
        },
        cancellationToken);
}
