using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Referrals.ViewModels;

namespace LinkShop.Referrals.Services;

/// <summary>Links with what they share.</summary>
public sealed class LinkPages(IReferralLinks links, IReferralPlans plans, SharedThings things, TimeProvider time, TenantScope scope)
{
    private IReadOnlyList<ReferralPlan>? _inForce;

    /// <summary>What is shown of a link that works; null when there is none, or its goods are gone.</summary>
    public async Task<(ReferralLink Link, SharedThing Thing)?> FindAsync(string? id, CancellationToken cancellationToken) =>
        id is { Length: > 0 and <= 32 } && await links.FindAsync(scope, id, cancellationToken) is { Active: true } link && await ShowAsync(link, cancellationToken) is { } thing ? (link, thing) : null;

    /// <summary>What is shown of a link; null when its goods are gone.</summary>
    public async Task<SharedThing?> ShowAsync(ReferralLink link, CancellationToken cancellationToken)
    {
        var goods = link.Target == ReferralTarget.Product ? await things.GoodsAsync(link.TargetId, cancellationToken) : null;
        if (goods is null && link.Target == ReferralTarget.Product)
            return null;
        var thing = await things.ShowAsync(link.Id, link.Code, goods);
        if (await PlanAsync(link, cancellationToken) is not { } plan)
            return thing;
        var chinese = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        return thing with { Disclosure = chinese ? plan.DisclosureZh : plan.DisclosureEn, SavesPercent = plan.BuyerDiscountBasisPoints / 100m };
    }

    // the order in which the engine chooses: a rate for the link's campaign first, then the plan that was changed last; who may promote it decides when an order is made
    private async Task<ReferralPlan?> PlanAsync(ReferralLink link, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        _inForce ??= [.. (await plans.ListAsync(scope, cancellationToken)).Where(p => p.State == ReferralPlanState.Active).OrderByDescending(p => p.ChangedAt).Select(p => p.Plan)];
        return _inForce.Where(p => (p.From is null || p.From <= now) && (p.Until is null || p.Until > now) && (p.Promoters.Count == 0 || p.Promoters.Contains(link.Promoter)))
            .OrderByDescending(p => link.Campaign.Length > 0 && p.Rates.Any(r => r.Campaign == link.Campaign)).FirstOrDefault();
    }
}
