using Microsoft.Extensions.Localization;
using OrchardCore.ContentFields.Fields;
using OrchardCore.ContentFields.Settings;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;

namespace LinkShop.Cms.Content.Fields;

/// <summary>Checks the fields of an item against their settings, wherever the item comes from.</summary>
internal sealed class FieldValidationHandler(IContentDefinitionManager definitions, IStringLocalizer<FieldValidationHandler> localizer) : ContentHandlerBase
{
    public override async Task ValidatingAsync(ValidateContentContext context)
    {
        if (await definitions.GetTypeDefinitionAsync(context.ContentItem.ContentType) is not { } type)
            return;
        foreach (var typePart in type.Parts)
            if (context.ContentItem.Get<ContentPart>(typePart.Name) is { } part)
                foreach (var field in typePart.PartDefinition.Fields)
                    Check(context, part, field, $"{typePart.Name}.{field.Name}");
    }

    private void Check(ValidateContentContext context, ContentPart part, ContentPartFieldDefinition field, string member)
    {
        switch (field.FieldDefinition.Name)
        {
            case nameof(TextField) when field.GetSettings<TextFieldSettings>().Required && string.IsNullOrWhiteSpace(part.Get<TextField>(field.Name)?.Text):
                context.Fail(localizer["A value is required for {0}.", field.DisplayName()], $"{member}.{nameof(TextField.Text)}");
                break;
            case nameof(NumericField):
                CheckNumber(context, part.Get<NumericField>(field.Name)?.Value, field, $"{member}.{nameof(NumericField.Value)}");
                break;
        }
    }

    private void CheckNumber(ValidateContentContext context, decimal? value, ContentPartFieldDefinition field, string member)
    {
        var settings = field.GetSettings<NumericFieldSettings>();
        if (value is null && settings.Required)
            context.Fail(localizer["A value is required for {0}.", field.DisplayName()], member);
        else if (value < settings.Minimum)
            context.Fail(localizer["The value of {0} must be at least {1}.", field.DisplayName(), settings.Minimum!], member);
        else if (value > settings.Maximum)
            context.Fail(localizer["The value of {0} must be at most {1}.", field.DisplayName(), settings.Maximum!], member);
    }
}
