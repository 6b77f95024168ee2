using LinkShop.Commerce;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Shops;
using LinkShop.Commerce.Splits;

namespace LinkShop.Shops.Services;

/// <summary>Lets a shop's commission follow its plan: the plan's rate is a rule of the fee policy for merchants on that plan, and the shop itself is put on it.</summary>
public sealed class PlanFees(IShopPlans plans, IMerchants merchants, IFeePolicies policies)
{
    private const string Actor = "platform";

    /// <summary>Brings rule and merchant up to date. What was sold keeps its split.</summary>
    /// <param name="shop">The shop as the register has it.</param>
    public async Task FollowAsync(ShopInfo shop)
    {
        var scope = new TenantScope(shop.Shop);
        var plan = shop.Plan;
        // whoever writes last has looked once more: of two at once the later change stays
        for (var next = plan; next is not null; next = await plans.StateAsync(PlatformTenant.Scope, shop.Shop) is { } now && now.Plan != plan ? now.Plan : null)
        {
            plan = next;
            await RuleAsync(scope, shop.Shop, plan);
            var known = await merchants.FindAsync(scope, "");
            if (known?.ShopPlan != plan)
                Done(await merchants.SaveAsync(scope, known is null ? new Merchant("", shop.Title, null, plan, default) : known with { ShopPlan = plan }, Actor));
        }
    }

    private async Task RuleAsync(TenantScope scope, string shop, string plan)
    {
        if (await plans.LimitsAsync(PlatformTenant.Scope, shop) is not { } limits || limits.Code != plan)
            return;
        var policy = await policies.CurrentAsync(scope);
        var rule = new FeeRule { Id = FeeRule.OfPlan + plan, Share = ShareKind.Platform, BasisPoints = limits.FeeBasisPoints, ShopPlan = plan };
        if (policy.Rules.Contains(rule))
            return;
        Done(await policies.SaveAsync(scope, policy with { Rules = [.. policy.Rules.Where(r => r.Id != rule.Id), rule] }, Actor));
    }

    // a policy that was changed at the same moment: the outbox comes again
    private static void Done<T>(CommerceResult<T> result)
    {
        if (result.Error is { } error)
            throw new InvalidOperationException($"The commission can't follow the plan: {error.Message}");
    }
}
