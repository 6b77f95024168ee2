using Microsoft.Extensions.Localization;
using OrchardCore.ContentFields.Fields;
using OrchardCore.ContentFields.Settings;
using OrchardCore.ContentFields.ViewModels;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;

namespace LinkShop.Cms.Display.Content.Fields;

internal sealed class TextFieldDriver(IStringLocalizer<TextFieldDriver> localizer) : ContentFieldDisplayDriver<TextField>
{
    private readonly IStringLocalizer S = localizer;

    public override IDisplayResult Display(TextField field, BuildFieldDisplayContext context) =>
        Initialize<DisplayTextFieldViewModel>(GetDisplayShapeType(context), model =>
        {
            model.Field = field;
            model.Part = context.ContentPart;
            model.PartFieldDefinition = context.PartFieldDefinition;
        })
        .Location("Detail", "Content")
        .Location("Summary", "-");

    public override IDisplayResult Edit(TextField field, BuildFieldEditorContext context) =>
        Initialize<EditTextFieldViewModel>(GetEditorShapeType(context), model =>
        {
            model.Text = field.Text;
            model.Field = field;
            model.Part = context.ContentPart;
            model.PartFieldDefinition = context.PartFieldDefinition;
        });

    public override async Task<IDisplayResult?> UpdateAsync(TextField field, UpdateFieldEditorContext context)
    {
        var model = new EditTextFieldViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Text);
        field.Text = model.Text;
        if (context.PartFieldDefinition.GetSettings<TextFieldSettings>().Required && string.IsNullOrWhiteSpace(field.Text))
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Text), S["Fill in {0}.", context.PartFieldDefinition.DisplayName()]);

        return Edit(field, context);
    }
}
