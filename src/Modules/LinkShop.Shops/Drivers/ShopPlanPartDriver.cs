using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Views;

namespace LinkShop.Shops.Drivers;

/// <summary>The editor of a plan.</summary>
internal sealed class ShopPlanPartDriver(IUpdateModelAccessor updaters, PlanChecks checks) : ContentPartDisplayDriver<ShopPlanPart>
{
    public override IDisplayResult Edit(ShopPlanPart part, BuildPartEditorContext context) =>
        Initialize<ShopPlanPartViewModel>(GetEditorShapeType(context), model =>
        {
            (model.Code, model.Position, model.Products, model.Staff, model.StorageMb, model.Domains, model.Supplies) =
                (part.Code, part.Position, part.Products, part.Staff, part.StorageMb, part.Domains, part.Supplies);
            (model.FeePercent, model.MonthSku, model.YearSku, model.Summary, model.TitleEn, model.SummaryEn) = (part.FeeBasisPoints / 100m, part.MonthSku, part.YearSku, part.Summary, part.TitleEn, part.SummaryEn);
        }).Location("Parts:5");

    public override async Task<IDisplayResult?> UpdateAsync(ShopPlanPart part, UpdatePartEditorContext context)
    {
        var model = new ShopPlanPartViewModel();
        await updaters.ModelUpdater.TryUpdateModelAsync(model, Prefix);
        (part.Code, part.Position, part.Products, part.Staff, part.StorageMb, part.Domains, part.Supplies) =
            (model.Code?.Trim() ?? "", model.Position, model.Products, model.Staff, model.StorageMb, model.Domains, model.Supplies);
        (part.FeeBasisPoints, part.MonthSku, part.YearSku) = ((int)Math.Clamp(Math.Round(model.FeePercent * 100), -1, 10_001), model.MonthSku, model.YearSku);
        (part.Summary, part.TitleEn, part.SummaryEn) = (model.Summary, model.TitleEn, model.SummaryEn);
        foreach (var (field, message) in (await checks.PlanAsync(part, part.ContentItem.ContentItemId)).Concat(await checks.VariantsAsync(part)))
            updaters.ModelUpdater.ModelState.AddModelError($"{Prefix}.{field}", message);
        return Edit(part, context);
    }
}
