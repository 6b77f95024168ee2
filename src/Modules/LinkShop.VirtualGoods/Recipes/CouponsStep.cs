using LinkShop.Commerce;
using LinkShop.Commerce.Coupons;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.VirtualGoods.Recipes;

internal sealed record CouponsStepModel(List<Coupon> Coupons);

/// <summary>Step <c>Coupons</c>: saves coupons; the fields are those of <see cref="Coupon"/>.</summary>
internal sealed class CouponsStep(ICoupons coupons, ShellSettings shell) : NamedRecipeStepHandler("Coupons")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        if (StepReader.Read<CouponsStepModel>(context) is not { } step)
            return;
        for (var i = 0; i < step.Coupons.Count; i++)
        {
            var result = await coupons.SaveAsync(new TenantScope(shell.Name), step.Coupons[i]);
            foreach (var error in result.Errors)
                context.Errors.Add($"Step 'Coupons', Coupons[{i}] ({step.Coupons[i].Code}).{error.Field}: {error.Message}");
        }
    }
}
