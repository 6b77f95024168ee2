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

    // a commission that a case is about: of its order, or, where it names none, of all that there were when it was decided
    private const string About = "(k.order_id = c.order_id or (k.order_id is null and c.at <= k.decided_at))";

    private const string ToVoid = $"""
        select distinct c.order_id from referral_case k join referral_commission c on c.promoter = k.promoter and c.tenant = k.tenant and {About}
          join order_split s on s.tenant = c.tenant and s.order_id = c.order_id and s.line = c.line
        where k.tenant = @tenant and {Against} and k.decided_at >= @since
          and ((c.level = 1 and not s.reward_voided and s.reward_released_at is null) or (s.intro_after is not null and not s.intro_voided and s.intro_released_at is null)) limit @take
        """;

    private const string ToGiveBack = $"""
        select s.order_id from order_split s where s.tenant = @tenant and s.reward_voided and s.reward_released_at is null and not {Stands1}
        union select s.order_id from order_split s where s.tenant = @tenant and s.intro_voided and s.intro_released_at is null and not {Stands2} limit @take
        """;

    // a seller's sale that was none is no introducer's either; what an introducer did says nothing about the seller's sale
    private const string Stands1 = "exists (select 1 from referral_commission c join referral_case k on k.tenant = c.tenant and k.promoter = c.promoter and " + Against + " and " + About + " where c.tenant = s.tenant and c.order_id = s.order_id and c.level = 1)";
    private const string Stands2 = "exists (select 1 from referral_commission c join referral_case k on k.tenant = c.tenant and k.promoter = c.promoter and " + Against + " and " + About + " where c.tenant = s.tenant and c.order_id = s.order_id)";

    private const string Set = $"""
        update order_split as s set reward_voided = case when s.reward_released_at is null then {Stands1} else s.reward_voided end, reward_at = null,
          intro_voided = case when s.intro_after is not null and s.intro_released_at is null then {Stands2} else s.intro_voided end, intro_at = null
        where s.tenant = @tenant and s.order_id = @orderId and s.reward_days is not null
        """;

    /// <summary>Brings a tenant's books in line with its cases.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="since">Only cases decided since then are looked at for what is to be taken back.</param>
    /// <param name="cancellationToken">Stops between two orders.</param>
    public async Task<int> FollowAsync(TenantScope scope, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var sql in new[] { ToVoid, ToGiveBack })
        {
            while (true)
            {
                var orders = await database.ReadAsync(scope, c => c.QueryAsync<string>(sql, new { since, take = Batch }), cancellationToken).ConfigureAwait(false);
                foreach (var order in orders)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await database.WriteAsync(scope, c => SetAsync(c, order), CancellationToken.None).ConfigureAwait(false);
                }

                total += orders.Count;
                if (orders.Count < Batch)
                    break;
            }
        }

        return total;
    }

    private async Task SetAsync(ICommerceConnection connection, string orderId)
    {
        var rows = await OrderRow.LockAndReadAsync(connection, orderId).ConfigureAwait(false);
        await connection.ExecuteAsync(Set, new { orderId }).ConfigureAwait(false);
        var payments = await connection.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false);
        await settlement.SettleAsync(connection, rows, [.. payments], deliver: false, clock.GetUtcNow()).ConfigureAwait(false);
    }
}
