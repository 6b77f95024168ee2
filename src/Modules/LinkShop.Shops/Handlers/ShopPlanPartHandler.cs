using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using OrchardCore.ContentManagement.Handlers;

namespace LinkShop.Shops.Handlers;

/// <summary>Hands a published plan to the register, where shops read it when something is added to them.</summary>
internal sealed class ShopPlanPartHandler(IShopPlans plans, ShopMessages messages) : ContentPartHandler<ShopPlanPart>
{
    public override Task ValidatingAsync(ValidateContentPartContext context, ShopPlanPart part)
    {
        if (PlanRules.Check(part.ToPlan()) is { } error)
            context.Fail(messages.Of(error), nameof(ShopPlanPart.Code));
        return Task.CompletedTask;
    }

    public override async Task PublishedAsync(PublishContentContext context, ShopPlanPart instance)
    {
        if (await plans.SaveAsync(PlatformTenant.Scope, instance.ToPlan()) is { Error: { } error })
            throw new InvalidOperationException($"The plan '{instance.Code}' was stored without being checked: {error.Message}");
    }
}
