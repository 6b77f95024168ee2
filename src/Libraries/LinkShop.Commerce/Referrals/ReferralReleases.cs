using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Referrals;

/// <summary>Makes rewards available when their windows are over. Under the order's lock, so any number of processes may sweep.</summary>
internal sealed class ReferralReleases(ICommerceDatabase database, OrderBooks books, TimeProvider time)
{
    private const int Batch = 500;
    private const string Due = "select tenant, order_id from order_split where reward_at <= @now and " + CommerceSql.Settled + " union select tenant, order_id from order_split where intro_at <= @now and " + CommerceSql.Settled + " limit @take";

    // frozen, switched off, or looked at: it is asked again tomorrow. Who has left keeps what was earned, but not before a case against them is decided;
    // and of a case decided against them, taking back comes first. What is wrong with a seller's sale holds the introducer's part too; what is wrong with an introducer holds nobody else's
    private const string Blocked = """
        select case when exists (select 1 from referral_program g where g.tenant = @tenant and not g.enabled)
            or exists (select 1 from referral_commission c join referral_promoter p on p.tenant = c.tenant and p.id = c.promoter where c.tenant = @tenant and c.order_id = @orderId and c.level <= @level and p.state in ('Frozen', 'Killed'))
            or exists (select 1 from referral_case k where k.order_id = @orderId and k.tenant = @tenant and k.state not in ('Dismissed', 'AppealUpheld')
              and (@level = 2 or not exists (select 1 from referral_commission c where c.tenant = @tenant and c.order_id = @orderId and c.level = 2 and c.promoter = k.promoter)))
            or exists (select 1 from referral_commission c join referral_case k on k.tenant = c.tenant and k.promoter = c.promoter and k.order_id is null and k.kind in ('SelfBought', 'Ring', 'Manual') and k.state in ('Open', 'Appealed')
              where c.tenant = @tenant and c.order_id = @orderId and c.level <= @level)
          then 1 else 0 end
        """;

    private const string Later = "update order_split set reward_at = case when reward_at <= @now then @later else reward_at end, intro_at = case when intro_at <= @now then @later else intro_at end where tenant = @tenant and order_id = @orderId and (reward_at <= @now or intro_at <= @now)";
    private const string LaterIntro = "update order_split set intro_at = @later where tenant = @tenant and order_id = @orderId and intro_at <= @now";
    private const string Released = "update order_split set reward_released_at = @now, reward_at = null where tenant = @tenant and order_id = @orderId and line = @line and reward_released_at is null";
    private const string IntroReleased = "update order_split set intro_released_at = @now, intro_at = null where tenant = @tenant and order_id = @orderId and line = @line and intro_released_at is null";

    public Task<int> SweepAsync(CancellationToken cancellationToken) =>
        database.InEachAsync(each => SweepAsync(each, cancellationToken), cancellationToken);

    private async Task<int> SweepAsync(ICommerceDatabase database, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var now = time.GetUtcNow();
            var due = await database.ReadSystemAsync(c => c.QueryAsync<DueRow>(Due, new { now, take = Batch }), cancellationToken).ConfigureAwait(false);
            foreach (var order in due)
            {
                cancellationToken.ThrowIfCancellationRequested();
                total += await database.WriteAsync(new TenantScope(order.Tenant), c => ReleaseAsync(c, order.OrderId, now), CancellationToken.None).ConfigureAwait(false) ? 1 : 0;
            }

            if (due.Count < Batch)
                return total;
        }
    }

    private async Task<bool> ReleaseAsync(ICommerceConnection connection, string orderId, DateTimeOffset now)
    {
        var order = (await OrderRow.LockAndReadAsync(connection, orderId).ConfigureAwait(false))[0];
        var lines = await SplitStore.ReadAsync(connection, orderId).ConfigureAwait(false);
        var later = now.AddDays(1);
        if (order.State == OrderState.Disputed || await IsBlockedAsync(connection, orderId, level: 1).ConfigureAwait(false))
        {
            connection.Defer(Later, new { orderId, now, later });
            return false;
        }

        var held = lines.Any(l => l.IntroAt <= now) && await IsBlockedAsync(connection, orderId, level: 2).ConfigureAwait(false);
        if (held)
            connection.Defer(LaterIntro, new { orderId, now, later });
        var entries = await OrderEntries.ReadAsync(connection, orderId, order.Currency, order.Transfers).ConfigureAwait(false);
        var released = false;
        foreach (var line in lines)
        {
            if (line.RewardAt <= now && !line.RewardReleased)
                released |= Release(connection, line, ShareKind.Promoter, Released, entries, now);
            if (line.IntroAt <= now && !line.IntroReleased && !held)
                released |= Release(connection, line, ShareKind.Introducer, IntroReleased, entries, now);
        }

        ReferralTally.Add(connection, order, entries, now);
        await books.CloseAsync(connection, entries).ConfigureAwait(false);
        return released;
    }

    private static async Task<bool> IsBlockedAsync(ICommerceConnection connection, string orderId, int level) =>
        await connection.QuerySingleOrDefaultAsync<int>(Blocked, new { orderId, level = (long)level }).ConfigureAwait(false) == 1;

    private static bool Release(ICommerceConnection connection, SplitRow line, ShareKind kind, string done, OrderEntries entries, DateTimeOffset now)
    {
        foreach (var share in line.Shares.Where(s => s.Kind == kind))
            Release(share, line.Line, entries);
        connection.Defer(done, new { orderId = entries.OrderId, line = line.Line, now });
        return true;
    }

    private static void Release(Share share, int line, OrderEntries entries)
    {
        var has = entries.Sum(MoneyReasons.Of(share.Kind), line);
        if (has <= 0)
            return;
        var (pending, available) = MoneyReasons.AccountsOf(share);
        entries.Move(pending, available, has, MoneyReasons.Release, line);
    }

    private sealed record DueRow(string Tenant, string OrderId);
}
