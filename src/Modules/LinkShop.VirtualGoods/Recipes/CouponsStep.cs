using LinkShop.Commerce;
using LinkShop.Commerce.Coupons;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.VirtualGoods.Recipes;

internal sealed record CouponsStepModel(List<Coupon> Coupons);

/// <summary>Step <c>Coupons</c>: saves coupons, all or none; the fields are those of <see cref="Coupon"/>.</summary>
internal sealed class CouponsStep(ICoupons coupons, ShellSettings shell) : NamedRecipeStepHandler("Coupons")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        if (StepReader.Read<CouponsStepModel>(context) is not { } step)
            return;
        var result = await coupons.SaveAllAsync(new TenantScope(shell.Name), step.Coupons);
        foreach (var error in result.Errors)
            context.Errors.Add($"Step 'Coupons', Coupons{error.Field}: {error.Message}");
    }
}
