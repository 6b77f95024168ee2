using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Title.Models;

namespace LinkShop.Cms.Content.Title;

/// <summary>Lists and links show the title.</summary>
internal sealed class TitlePartHandler(IStringLocalizer<TitlePartHandler> localizer) : ContentPartHandler<TitlePart>
{
    public override Task CreatedAsync(CreateContentContext context, TitlePart instance) => ShowTitle(instance);

    public override Task UpdatedAsync(UpdateContentContext context, TitlePart instance) => ShowTitle(instance);

    public override Task ValidatingAsync(ValidateContentPartContext context, TitlePart part)
    {
        var settings = context.ContentTypePartDefinition.GetSettings<TitlePartSettings>();
        if (settings.Options == TitlePartOptions.EditableRequired && string.IsNullOrWhiteSpace(part.Title))
            context.Fail(localizer["A value is required for Title."], nameof(part.Title));
        return Task.CompletedTask;
    }

    private static Task ShowTitle(TitlePart part)
    {
        if (!string.IsNullOrWhiteSpace(part.Title))
            part.ContentItem.DisplayText = part.Title;
        else if (!string.IsNullOrWhiteSpace(part.ContentItem.DisplayText))
        {
            // An item that came with only the text that lists show, as recipes do.
            part.Title = part.ContentItem.DisplayText;
            part.Apply();
        }

        return Task.CompletedTask;
    }
}
