using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Markdown.Models;
using OrchardCore.Markdown.Settings;
using OrchardCore.Markdown.ViewModels;

namespace LinkShop.Cms.Display.Content.Parts;

internal sealed class MarkdownBodyPartDriver(MarkdownHtml html) : ContentPartDisplayDriver<MarkdownBodyPart>
{
    public override IDisplayResult Display(MarkdownBodyPart part, BuildPartDisplayContext context) =>
        Initialize<MarkdownBodyPartViewModel>(GetDisplayShapeType(context), model =>
        {
            model.Markdown = part.Markdown;
            model.MarkdownBodyPart = part;
            model.TypePartDefinition = context.TypePartDefinition;
            model.Html = html.Of(part.Markdown, context.TypePartDefinition.GetSettings<MarkdownBodyPartSettings>().SanitizeHtml);
        })
        .Location("Detail", "Content:5")
        .Location("Summary", "-");

    public override IDisplayResult Edit(MarkdownBodyPart part, BuildPartEditorContext context) =>
        Initialize<MarkdownBodyPartViewModel>(GetEditorShapeType(context), model =>
        {
            model.Markdown = part.Markdown;
            model.MarkdownBodyPart = part;
            model.TypePartDefinition = context.TypePartDefinition;
        });

    public override async Task<IDisplayResult?> UpdateAsync(MarkdownBodyPart part, UpdatePartEditorContext context)
    {
        var model = new MarkdownBodyPartViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix, m => m.Markdown);
        part.Markdown = model.Markdown;
        return Edit(part, context);
    }
}
