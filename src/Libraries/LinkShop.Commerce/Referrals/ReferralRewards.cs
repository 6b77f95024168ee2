using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Referrals;

/// <summary>What is known of an attributed order when it is paid.</summary>
internal sealed record ReferralSaleRow(
    string Promoter, string PlanId, long Version, int Levels, AttributionVia Via, string Channel, string Campaign, string Buyer, bool FirstOrder, string? Refused,
    PromoterState State, string Tier, bool Disqualified, long? BudgetLeft, ReferralPlanState PlanState, long Stamp, bool Enabled, long Discount, byte[] ContactHash);

/// <summary>Gives rewards to an order that was just paid, by the version of the plan it was made under.</summary>
internal sealed class ReferralRewards(ReferralRuleBook book, ISecretProtector protector)
{
    private const string Select = """
        select a.promoter, a.plan_id, a.version, a.levels, a.via, a.channel, a.campaign, a.buyer, a.first_order, a.refused, p.state, p.tier, d.order_id is not null as disqualified,
          l.budget - l.spent as budget_left, l.state as plan_state, g.stamp, g.enabled, o.discount, o.contact_hash
        from referral_attribution a join referral_promoter p on p.tenant = a.tenant and p.id = a.promoter join referral_plan l on l.tenant = a.tenant and l.id = a.plan_id
          join referral_program g on g.tenant = a.tenant join orders o on o.tenant = a.tenant and o.id = a.order_id
          left join referral_disqualified d on d.tenant = a.tenant and d.order_id = a.order_id
        where a.tenant = @tenant and a.order_id = @orderId
        """;

    // who made no sale that still stands is paid nothing; and nobody by what they bought themselves, through whosever link, or sold themselves by a second account. A shared network address alone is no proof
    private const string Introducer = """
        select e.parent from referral_edge e join referral_promoter p on p.tenant = e.tenant and p.id = e.parent and p.state = 'Active'
          join referral_plan_version v on v.tenant = e.tenant and v.plan_id = @plan and v.version = @version
          join referral_approval w on w.tenant = v.tenant and w.id = v.approval and w.revoked_at is null
        where e.tenant = @tenant and e.child = @promoter
          and exists (select 1 from referral_commission c join orders o on o.tenant = c.tenant and o.id = c.order_id and o.captured > 0
              join order_split s on s.tenant = c.tenant and s.order_id = c.order_id and s.line = c.line and not s.reward_voided
            where c.promoter = e.parent and c.tenant = @tenant and c.level = 1)
          and not exists (select 1 from orders o where o.tenant = @tenant and o.id = @orderId and o.user_id = e.parent)
          and not exists (select 1 from referral_attribution a where a.tenant = @tenant and a.order_id = @orderId and a.buyer_promoter = e.parent)
          and not exists (select 1 from referral_identity i join referral_identity j on j.promoter = e.child and j.tenant = i.tenant and j.kind = i.kind and j.hash = i.hash
            where i.promoter = e.parent and i.tenant = @tenant and i.kind <> 'Address')
        """;

    // a guest who had it before is known by the contact alone, see ReferralHashes.All
    private const string Bonus = """
        insert into referral_bonus (tenant, plan_id, buyer, order_id, at) select @tenant, @plan, @buyer, @orderId, @now
        where not exists (select 1 from referral_bonus b where b.tenant = @tenant and b.plan_id = @plan and b.buyer = @before) on conflict do nothing
        """;

    private const string Disqualify = """
        insert into referral_disqualified (tenant, order_id, reason, actor, at) select a.tenant, a.order_id, @reason, '', @now from referral_attribution a
        where a.tenant = @tenant and a.order_id = @orderId and (
          exists (select 1 from referral_identity i where i.tenant = @tenant and i.hash = @payer and i.promoter = a.promoter)) on conflict do nothing
        """;

    /// <summary>The payer is known: whoever pays for a sale that they promoted earns nothing by it.</summary>
    public async Task PaidByAsync(ICommerceConnection connection, string orderId, string payer, DateTimeOffset now)
    {
        var cipher = await protector.ForAsync(connection).ConfigureAwait(false);
        connection.Defer(Disqualify, new { orderId, payer = ReferralHashes.Of(cipher, PromoterSignal.Payment, payer), reason = SelfReferral.Payment, now });
    }

    /// <summary>Begins to work the rewards of an order out, under its lock and, where the plan's budget is nearly used up, under the plan's.</summary>
    /// <returns>Null when the order has no attribution.</returns>
    public async ValueTask<ReferralSale?> BeginAsync(ICommerceConnection connection, OrderRow order, string provider, DateTimeOffset now)
    {
        if (await connection.QuerySingleOrDefaultAsync<ReferralSaleRow>(Select, new { orderId = order.Id }).ConfigureAwait(false) is not { } row
            || await book.GetAsync(connection, row.Stamp).ConfigureAwait(false) is not { } rules
            || await book.VersionAsync(connection, row.PlanId, row.Version).ConfigureAwait(false) is not { } plan)
        {
            return null;
        }

        // points were a reward already; a second one for spending them would make money of them
        var earns = row is { Refused: null, Disqualified: false, Enabled: true } && row.State != PromoterState.Killed && row.PlanState != ReferralPlanState.Killed && provider != PaymentFacts.Points;
        if (!earns)
            return new ReferralSale(row, plan, rules.Program, order, null, 0, null, now);
        var introducer = row.Levels < 2 || rules.Program.Jurisdiction == "CN"
            ? null
            : await connection.QuerySingleOrDefaultAsync<string>(Introducer, new { row.Promoter, plan = row.PlanId, row.Version, orderId = order.Id }).ConfigureAwait(false);
        var budget = row.BudgetLeft is { } left ? await ReferralBudget.LeftAsync(connection, row.PlanId, left, order.Total).ConfigureAwait(false) : null;
        var bonus = plan.FirstOrderBonusMinor > 0 && row.FirstOrder
            && await connection.ExecuteAsync(Bonus, new { plan = row.PlanId, row.Buyer, before = ReferralBuyer.KeyOf(row.ContactHash), orderId = order.Id, now }).ConfigureAwait(false) == 1 ? plan.FirstOrderBonusMinor : 0;
        return new ReferralSale(row, plan, rules.Program, order, introducer, bonus, budget, now) { Earns = true };
    }
}
