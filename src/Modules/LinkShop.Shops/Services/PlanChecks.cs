using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using YesSql;

namespace LinkShop.Shops.Services;

/// <summary>What is wrong with a plan that somebody wants to store. The register keeps one plan for a code: another item with it would change the limits and the fee of every shop on that plan.</summary>
internal sealed class PlanChecks(YesSql.ISession session, IOfferCatalog offers, ShopMessages messages, IStringLocalizer<PlanChecks> S)
{
    /// <summary>What is wrong, each with the field that it is about.</summary>
    /// <param name="part">The plan.</param>
    /// <param name="contentItemId">Its item.</param>
    public async Task<IReadOnlyList<(string Field, string Message)>> PlanAsync(ShopPlanPart part, string contentItemId)
    {
        if (PlanRules.Check(part.ToPlan()) is { } error)
            return [(nameof(part.Code), messages.Of(error))];
        // drafts too, which are published without being looked at again
        var others = await session.Query<ContentItem, ContentItemIndex>(index => index.ContentType == "ShopPlan" && (index.Published || index.Latest) && index.ContentItemId != contentItemId).ListAsync();
        return others.FirstOrDefault(item => item.As<ShopPlanPart>()?.Code == part.Code) is { } taken
            ? [(nameof(part.Code), S["The plan “{0}” has this code already.", taken.DisplayText ?? part.Code])]
            : [];
    }

    /// <summary>Variants that pay for it and don't exist. For the editor only: a recipe brings plans before their products.</summary>
    /// <param name="part">The plan.</param>
    public async Task<IReadOnlyList<(string Field, string Message)>> VariantsAsync(ShopPlanPart part)
    {
        var plan = part.ToPlan();
        var unknown = new List<(string Field, string Message)>();
        foreach (var (field, sku) in new[] { (nameof(part.MonthSku), plan.MonthSku), (nameof(part.YearSku), plan.YearSku) })
        {
            if (sku is not null && await offers.GetAsync(PlatformTenant.Scope, sku) is null)
                unknown.Add((field, S["There is no variant “{0}”. Publish the product that pays for the plan first.", sku]));
        }

        return unknown;
    }
}
