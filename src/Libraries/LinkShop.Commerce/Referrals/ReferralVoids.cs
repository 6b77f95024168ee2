using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Referrals;

/// <summary>
/// Takes pending rewards back where a case was decided against the promoter, and gives them back after an appeal. Which lines are void follows from the cases; this brings the books there, order by order,
/// so it may be interrupted and repeated.
/// </summary>
internal sealed class ReferralVoids(ICommerceDatabase database, PaymentSettlement settlement, TimeProvider clock)
{
    private const int Batch = 500;
    private const string Against = "k.state in ('Upheld', 'Appealed', 'AppealDismissed')";

    private const string ToVoid = $"""
        select distinct c.order_id from referral_case k join referral_commission c on c.promoter = k.promoter and c.tenant = k.tenant and c.level = 1 and (c.order_id = k.order_id or (k.order_id is null and c.at <= k.decided_at))
          join order_split s on s.tenant = c.tenant and s.order_id = c.order_id and s.line = c.line
        where k.tenant = @tenant and {Against} and k.decided_at >= @since and not s.reward_voided and s.reward_released_at is null limit @take
        """;

    private const string ToGiveBack = $"""
        select distinct s.order_id from order_split s join referral_commission c on c.tenant = s.tenant and c.order_id = s.order_id and c.line = s.line and c.level = 1
        where s.tenant = @tenant and s.reward_voided
          and not exists (select 1 from referral_case k where k.promoter = c.promoter and k.tenant = s.tenant and {Against} and (k.order_id = s.order_id or (k.order_id is null and c.at <= k.decided_at))) limit @take
        """;

    private const string Set = """
        update order_split set reward_voided = @voided, reward_at = null where tenant = @tenant and order_id = @orderId and reward_days is not null and reward_released_at is null
        """;

    /// <summary>Brings a tenant's books in line with its cases.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="since">Only cases decided since then are looked at for what is to be taken back.</param>
    /// <param name="cancellationToken">Stops between two orders.</param>
    public async Task<int> FollowAsync(TenantScope scope, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var (sql, voided) in new[] { (ToVoid, true), (ToGiveBack, false) })
        {
            while (true)
            {
                var orders = await database.ReadAsync(scope, c => c.QueryAsync<string>(sql, new { since, take = Batch }), cancellationToken).ConfigureAwait(false);
                foreach (var order in orders)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await database.WriteAsync(scope, c => SetAsync(c, order, voided), CancellationToken.None).ConfigureAwait(false);
                }

                total += orders.Count;
                if (orders.Count < Batch)
                    break;
            }
        }

        return total;
    }

    private async Task SetAsync(ICommerceConnection connection, string orderId, bool voided)
    {
        var rows = await OrderRow.LockAndReadAsync(connection, orderId).ConfigureAwait(false);
        await connection.ExecuteAsync(Set, new { orderId, voided }).ConfigureAwait(false);
        var payments = await connection.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false);
        await settlement.SettleAsync(connection, rows, [.. payments], deliver: false, clock.GetUtcNow()).ConfigureAwait(false);
    }
}
