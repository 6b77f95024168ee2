using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.ViewModels;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Localization;

namespace LinkShop.VirtualGoods.Drivers;

internal sealed class CategoryPartDisplayDriver(ILocalizationService localization, IUpdateModelAccessor updaters) : ContentPartDisplayDriver<CategoryPart>
{
    public override IDisplayResult Edit(CategoryPart part, BuildPartEditorContext context) =>
        Initialize<CategoryPartViewModel>(GetEditorShapeType(context), async model =>
        {
            var home = await localization.GetDefaultCultureAsync();
            model.Icon = part.Icon;
            model.Position = part.Position;
            model.Titles = (await localization.GetSupportedCulturesAsync()).Where(culture => culture != home)
                .ToDictionary(culture => culture, culture => part.Titles.GetValueOrDefault(culture));
        }).Location("Parts:5");

    public override async Task<IDisplayResult?> UpdateAsync(CategoryPart part, UpdatePartEditorContext context)
    {
        var model = new CategoryPartViewModel();
        await updaters.ModelUpdater.TryUpdateModelAsync(model, Prefix);
        part.Icon = string.IsNullOrWhiteSpace(model.Icon) ? "tag" : model.Icon.Trim();
        part.Position = model.Position;
        part.Titles = SkuRows.Named(model.Titles);
        return Edit(part, context);
    }
}
