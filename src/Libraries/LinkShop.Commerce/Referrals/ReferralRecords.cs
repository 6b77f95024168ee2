using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralRecords(ICommerceDatabase database) : IReferralRecords
{
    private const string Attribution = """
        select order_id, promoter, link as link_id, plan_id, version as plan_version, model, via, channel, campaign, first_order, touched_at, evidence,
          coalesce(refused, (select d.reason from referral_disqualified d where d.tenant = referral_attribution.tenant and d.order_id = referral_attribution.order_id)) as refused, at
        from referral_attribution where tenant = @tenant and order_id = @orderId
        """;

    private const string Columns = """
        select c.order_id, c.line, c.level, c.promoter, c.plan_id, c.version, c.currency, c.minor, c.in_points, c.by_platform, c.at,
          case c.level when 1 then s.reward_at else s.intro_at end as reward_at, case c.level when 1 then s.reward_released_at else s.intro_released_at end is not null as released, o.transfers,
          case c.level when 1 then s.reward_voided else s.intro_voided end as voided,
          (exists (select 1 from referral_case k where k.order_id = c.order_id and k.tenant = c.tenant and k.state in ('Open', 'Appealed'))
            or exists (select 1 from referral_promoter p where p.tenant = c.tenant and p.id = c.promoter and p.state in ('Frozen', 'Killed'))) as held
        from referral_commission c join order_split s on s.tenant = c.tenant and s.order_id = c.order_id and s.line = c.line join orders o on o.tenant = c.tenant and o.id = c.order_id where c.tenant = @tenant
        """;

    public Task<OrderAttribution?> AttributionAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<OrderAttribution>(Attribution, new { orderId }), cancellationToken);

    public Task<IReadOnlyList<Commission>> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default) =>
        ListAsync(scope, Columns + " and c.order_id = @orderId order by c.line, c.level", new { orderId }, cancellationToken);

    public Task<IReadOnlyList<Commission>> OfPromoterAsync(TenantScope scope, string promoter, string? beforeOrderId = null, int take = 50, CancellationToken cancellationToken = default) => ListAsync(
        scope, Columns + " and c.promoter = @promoter and c.order_id < @before order by c.order_id desc, c.line, c.level limit @take",
        new { promoter, before = beforeOrderId ?? "ZZZ", take = Math.Clamp(take, 1, 200) }, cancellationToken);

    public Task<IReadOnlyList<FollowedLink>> FollowedAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope, c => c.QueryAsync<FollowedLink>("select link as link_id, first_at, last_at from referral_touch where tenant = @tenant and user_id = @userId order by last_at desc, link", new { userId }), cancellationToken);

    public Task<CommissionTrace?> TraceAsync(TenantScope scope, string orderId, int line, int level = 1, CancellationToken cancellationToken = default) => database.ReadAsync(scope, async c =>
    {
        var trace = await c.QuerySingleOrDefaultAsync<string>(
            "select trace from referral_commission where tenant = @tenant and order_id = @orderId and line = @line and level = @level", new { orderId, line, level }).ConfigureAwait(false);
        return trace is null ? null : JsonSerializer.Deserialize(trace, ReferralJson.Default.CommissionTrace);
    }, cancellationToken);

    private Task<IReadOnlyList<Commission>> ListAsync(TenantScope scope, string sql, object parameters, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Commission>>(scope, async c =>
    {
        var rows = await c.QueryAsync<Row>(sql, parameters).ConfigureAwait(false);
        var entries = rows.Count == 0 ? [] : await OrderEntries.ReadManyAsync(c, [.. rows.DistinctBy(r => r.OrderId).Select(r => (r.OrderId, r.Transfers))]).ConfigureAwait(false);
        return [.. rows.Select(r => r.Read(Now(r.OrderId, r.Line, r.Level, entries)))];
    }, cancellationToken);

    // what the ledger says, not what the share says: they agree, and verify looks that they do
    internal static long Now(string orderId, int line, int level, IReadOnlyList<OrderEntry> entries)
    {
        var (reason, reference, sum) = (MoneyReasons.Of(level == 1 ? ShareKind.Promoter : ShareKind.Introducer), OrderEntries.IdOf(orderId, line), 0L);
        foreach (var entry in entries)
        {
            if (entry.Reference == reference && entry.Kind == Ledger.LedgerTransferKind.Single)
                sum += entry.Reason == reason ? entry.Amount : entry.Reason == reason + MoneyReasons.Reversed ? -entry.Amount : 0;
        }

        return sum;
    }

    private sealed record Row(
        string OrderId, int Line, int Level, string Promoter, string PlanId, long Version, string Currency, long Minor, bool InPoints, bool ByPlatform, DateTimeOffset At, DateTimeOffset? RewardAt, bool Released, int Transfers, bool Voided, bool Held)
    {
        public Commission Read(long now) => new(
            OrderId, Line, Level, Promoter, PlanId, Version, new Money(Minor, Currency), new Money(now, Currency), InPoints ? RewardKind.Points : RewardKind.Money, ByPlatform ? RewardFunding.Platform : RewardFunding.Merchant,
            Released ? null : RewardAt, Released, At) { Voided = Voided, Held = Held && !Voided && !Released };
    }
}
