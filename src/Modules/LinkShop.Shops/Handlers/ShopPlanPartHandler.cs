using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using OrchardCore.ContentManagement.Handlers;

namespace LinkShop.Shops.Handlers;

/// <summary>Hands a published plan to the register, where shops read it when something is added to them.</summary>
internal sealed class ShopPlanPartHandler(IShopPlans plans, PlanChecks checks) : ContentPartHandler<ShopPlanPart>
{
    public override async Task ValidatingAsync(ValidateContentPartContext context, ShopPlanPart part)
    {
        foreach (var (field, message) in await checks.PlanAsync(part, context.ContentItem.ContentItemId))
            context.Fail(message, field);
    }

    public override async Task PublishedAsync(PublishContentContext context, ShopPlanPart instance)
    {
        if (await plans.SaveAsync(PlatformTenant.Scope, instance.ToPlan()) is { Error: { } error })
            throw new InvalidOperationException($"The plan '{instance.Code}' was stored without being checked: {error.Message}");
    }
}
