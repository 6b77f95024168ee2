using System.Globalization;
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

internal sealed class NumericFieldDriver(IStringLocalizer<NumericFieldDriver> localizer) : ContentFieldDisplayDriver<NumericField>
{
    private readonly IStringLocalizer S = localizer;

    public override IDisplayResult Display(NumericField field, BuildFieldDisplayContext context) =>
        Initialize<DisplayNumericFieldViewModel>(GetDisplayShapeType(context), model =>
        {
            model.Field = field;
            model.Part = context.ContentPart;
            model.PartFieldDefinition = context.PartFieldDefinition;
        })
        .Location("Detail", "Content")
        .Location("Summary", "-");

    public override IDisplayResult Edit(NumericField field, BuildFieldEditorContext context) =>
        Initialize<EditNumericFieldViewModel>(GetEditorShapeType(context), model =>
        {
            model.Value = field.Value?.ToString(CultureInfo.InvariantCulture);
            model.Field = field;
            model.Part = context.ContentPart;
            model.PartFieldDefinition = context.PartFieldDefinition;
        });

    public override async Task<IDisplayResult?> UpdateAsync(NumericField field, UpdateFieldEditorContext context)
    {
        var model = new EditNumericFieldViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Value);
        if (Check(model.Value, context.PartFieldDefinition, out var number) is { } error)
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.Value), error);
        else
            field.Value = number;

        return Edit(field, context);
    }

    private string? Check(string? text, ContentPartFieldDefinition definition, out decimal? number)
    {
        var settings = definition.GetSettings<NumericFieldSettings>();
        var name = definition.DisplayName();
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return settings.Required ? S["Fill in {0}.", name].Value : null;

        // Number inputs of browsers post the invariant form in every language.
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
            return S["{0} must be a number.", name];

        number = value;
        if (value < settings.Minimum)
            return S["{0} must be at least {1}.", name, settings.Minimum];

        if (value > settings.Maximum)
            return S["{0} must be at most {1}.", name, settings.Maximum];

        return value.Scale > settings.Scale ? S["{0} has more than {1} digits after the point.", name, settings.Scale].Value : null;
    }
}
