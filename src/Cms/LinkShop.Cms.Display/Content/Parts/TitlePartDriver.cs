using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;
using OrchardCore.Title.Models;
using OrchardCore.Title.ViewModels;

namespace LinkShop.Cms.Display.Content.Parts;

internal sealed class TitlePartDriver(IStringLocalizer<TitlePartDriver> localizer) : ContentPartDisplayDriver<TitlePart>
{
    private readonly IStringLocalizer S = localizer;

    public override IDisplayResult Display(TitlePart part, BuildPartDisplayContext context) =>
        Initialize<TitlePartViewModel>(GetDisplayShapeType(context), model => Fill(model, part, context.TypePartDefinition))
            .Location("Detail", "Header:5")
            .Location("Summary", "Header:5");

    public override IDisplayResult Edit(TitlePart part, BuildPartEditorContext context) =>
        Initialize<TitlePartViewModel>(GetEditorShapeType(context), model => Fill(model, part, context.TypePartDefinition));

    public override async Task<IDisplayResult?> UpdateAsync(TitlePart part, UpdatePartEditorContext context)
    {
        var model = new TitlePartViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Title);
        var settings = context.TypePartDefinition.GetSettings<TitlePartSettings>();
        if (settings.Options == TitlePartOptions.EditableRequired && string.IsNullOrWhiteSpace(model.Title))
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Title), S["Give it a title."]);
        else if (model.Title?.Length > 255)
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Title), S["The title has more than 255 characters."]);

        part.Title = model.Title?.Trim();
        part.ContentItem.DisplayText = part.Title;
        return Edit(part, context);
    }

    private static void Fill(TitlePartViewModel model, TitlePart part, ContentTypePartDefinition definition)
    {
        model.Settings = definition.GetSettings<TitlePartSettings>();
        model.Title = part.Title;
        model.TitlePart = part;
    }
}
