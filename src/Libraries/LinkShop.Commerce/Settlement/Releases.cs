using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Settlement;

/// <summary>Releases earnings when their time has come. Any number of processes may sweep: each order is released under its lock.</summary>
public interface IReleases
{
    /// <summary>Releases what is due.</summary>
    /// <param name="cancellationToken">Stops between two orders.</param>
    /// <returns>How many orders and reserves were released.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class Releases(ICommerceDatabase database, OrderBooks books, TimeProvider time) : IReleases
{
    private const int Batch = 500;

    private const string Due = """
        select tenant, order_id from (select distinct tenant, order_id from order_split where release_at <= @now and tenant not in (select tenant from tenant_move) limit @take) d
        union select tenant, order_id from (select distinct tenant, order_id from order_split where reserved > 0 and reserve_until <= @now and tenant not in (select tenant from tenant_move) limit @take) r
        """;

    private const string Released = """
        update order_split set state = 'Released', released_at = @now, release_at = null, reserved = @reserved, reserve_until = @until
        where tenant = @tenant and order_id = @orderId and line = @line and state = 'Pending'
        """;

    private const string Freed = "update order_split set reserved = 0 where tenant = @tenant and order_id = @orderId and line = @line";
    private const string Later = "update order_split set reserve_until = @until where tenant = @tenant and order_id = @orderId and reserved > 0 and reserve_until <= @now";

    public Task<int> SweepAsync(CancellationToken cancellationToken = default) =>
        database.InEachAsync(each => SweepAsync(each, cancellationToken), cancellationToken);

    private async Task<int> SweepAsync(ICommerceDatabase database, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var now = time.GetUtcNow();
            var due = await database.ReadSystemAsync(c => c.QueryAsync<DueRow>(Due, new { now, take = Batch }), cancellationToken).ConfigureAwait(false);
            var done = 0;
            foreach (var order in due)
            {
                cancellationToken.ThrowIfCancellationRequested();
                done += await database.WriteAsync(new TenantScope(order.Tenant), c => ReleaseAsync(c, order.OrderId, now), CancellationToken.None).ConfigureAwait(false) ? 1 : 0;
            }

            total += done;
            if (due.Count < Batch || done == 0)
                return total;
        }
    }

    private async Task<bool> ReleaseAsync(ICommerceConnection connection, string orderId, DateTimeOffset now)
    {
        var order = (await OrderRow.LockAndReadAsync(connection, orderId).ConfigureAwait(false))[0];
        if (order.State == OrderState.Disputed)
        {
            // what is kept back stays so until the dispute has ended; it has a release time of its own, which a dispute takes away
            connection.Defer(Later, new { orderId, now, until = now.AddDays(1) });
            return false;
        }

        var lines = await SplitStore.ReadAsync(connection, orderId).ConfigureAwait(false);
        var entries = await OrderEntries.ReadAsync(connection, orderId, order.Currency, order.Transfers).ConfigureAwait(false);
        var released = false;
        foreach (var line in lines)
        {
            if (line.ReleaseAt <= now)
                Release(connection, line, entries, now);
            else if (line.Reserved > 0 && line.ReserveUntil <= now)
                Free(connection, line, entries);
            else
                continue;
            released = true;
        }

        await EarnedPoints.GiveAsync(connection, order, lines, line => line.Released || line.ReleaseAt <= now, entries).ConfigureAwait(false);
        await books.CloseAsync(connection, entries).ConfigureAwait(false);
        return released;
    }

    private static void Release(ICommerceConnection connection, SplitRow line, OrderEntries entries, DateTimeOffset now)
    {
        var merchant = entries.Sum(MoneyReasons.Sale, line.Line) + entries.Sum(MoneyReasons.RefundCover, line.Line);
        foreach (var share in line.Shares.Skip(1))
        {
            var (pending, released) = MoneyReasons.AccountsOf(share);
            var has = entries.Sum(MoneyReasons.Of(share.Kind), line.Line);
            merchant -= has;
            // a promoter's waits longer, see ReferralReleases
            if (pending == released || has <= 0 || line.WaitsLonger(share))
                continue;
            entries.Move(pending, released, has, MoneyReasons.Release, line.Line);
        }

        var reserve = merchant <= 0 ? 0 : new Money(merchant, entries.Currency).PortionDown(line.ReservePoints).Minor;
        connection.Defer(Released, new { orderId = entries.OrderId, line = line.Line, now, reserved = reserve, until = reserve > 0 ? now.AddDays(line.ReserveDays) : (DateTimeOffset?)null });
        if (merchant <= 0)
            return;
        var (from, to) = MoneyReasons.AccountsOf(line.Shares[0]);
        entries.Move(from, new LedgerAccount(line.Merchant, LedgerPurpose.MerchantReserved), reserve, MoneyReasons.Reserve, line.Line);
        entries.Move(from, to, merchant - reserve, MoneyReasons.Release, line.Line);
    }

    private static void Free(ICommerceConnection connection, SplitRow line, OrderEntries entries)
    {
        entries.Move(new LedgerAccount(line.Merchant, LedgerPurpose.MerchantReserved), new LedgerAccount(line.Merchant, LedgerPurpose.MerchantAvailable), line.Reserved, MoneyReasons.ReserveRelease, line.Line);
        connection.Defer(Freed, new { orderId = entries.OrderId, line = line.Line });
    }

    private sealed record DueRow(string Tenant, string OrderId);
}
