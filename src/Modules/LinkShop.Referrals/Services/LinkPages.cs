using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Referrals.ViewModels;

namespace LinkShop.Referrals.Services;

/// <summary>Links with what they share.</summary>
public sealed class LinkPages(IReferralLinks links, SharedThings things, TenantScope scope)
{
    /// <summary>What is shown of a link that works; null when there is none, or its goods are gone.</summary>
    public async Task<(ReferralLink Link, SharedThing Thing)?> FindAsync(string? id, CancellationToken cancellationToken) =>
        id is { Length: > 0 and <= 32 } && await links.FindAsync(scope, id, cancellationToken) is { Active: true } link && await ShowAsync(link, cancellationToken) is { } thing ? (link, thing) : null;

    /// <summary>What is shown of a link; null when its goods are gone.</summary>
    public async Task<SharedThing?> ShowAsync(ReferralLink link, CancellationToken cancellationToken)
    {
        if (link.Target != ReferralTarget.Product)
            return await things.ShowAsync(link.Id, link.Code, null);
        return await things.GoodsAsync(link.TargetId, cancellationToken) is { } goods ? await things.ShowAsync(link.Id, link.Code, goods) : null;
    }
}
