using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Referrals.ViewModels;

namespace LinkShop.Referrals.Services;

/// <summary>Links with what they share.</summary>
public sealed class LinkPages(IReferralLinks links, IReferralPlans plans, SharedThings things, TenantScope scope)
{
    /// <summary>What a link shares that works; null when there is none, or its goods are gone.</summary>
    public async Task<(ReferralLink Link, SharedThing Thing)?> FindAsync(string? id, CancellationToken cancellationToken) =>
        id is { Length: > 0 and <= 32 } && await links.FindAsync(scope, id, cancellationToken) is { Active: true } link && await ShowAsync(link, cancellationToken) is { } thing ? (link, thing) : null;

    /// <summary>What a link shares; null when its goods are gone.</summary>
    public async Task<SharedThing?> ShowAsync(ReferralLink link, CancellationToken cancellationToken)
    {
        var goods = link.Target == ReferralTarget.Product ? await things.GoodsAsync(link.TargetId, cancellationToken) : null;
        return goods is null && link.Target == ReferralTarget.Product ? null : await things.ShowAsync(link.Id, link.Code, goods);
    }

    /// <summary>The same with what the plan in force has to say and saves a buyer: asked for only where it is shown.</summary>
    public async Task<SharedThing> DiscloseAsync(ReferralLink link, SharedThing thing, CancellationToken cancellationToken)
    {
        if (await plans.OfLinkAsync(scope, link, thing.Currency, cancellationToken) is not { } plan)
            return thing;
        var chinese = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        return thing with { Disclosure = chinese ? plan.DisclosureZh : plan.DisclosureEn, SavesPercent = plan.BuyerDiscountBasisPoints / 100m };
    }
}
