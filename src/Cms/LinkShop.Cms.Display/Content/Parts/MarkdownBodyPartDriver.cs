using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Infrastructure.Html;
using OrchardCore.Markdown.Models;
using OrchardCore.Markdown.Services;
using OrchardCore.Markdown.Settings;
using OrchardCore.Markdown.ViewModels;

namespace LinkShop.Cms.Display.Content.Parts;

internal sealed class MarkdownBodyPartDriver(IMarkdownService markdown, IHtmlSanitizerService sanitizer) : ContentPartDisplayDriver<MarkdownBodyPart>
{
    public override IDisplayResult Display(MarkdownBodyPart part, BuildPartDisplayContext context) =>
        Initialize<MarkdownBodyPartViewModel>(GetDisplayShapeType(context), model =>
        {
            model.Markdown = part.Markdown;
            model.MarkdownBodyPart = part;
            model.TypePartDefinition = context.TypePartDefinition;
            model.Html = ToHtml(part.Markdown ?? "", context.TypePartDefinition.GetSettings<MarkdownBodyPartSettings>());
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

    // Both services keep what they made of a text, so a page that is shown often costs two look-ups.
    private string ToHtml(string text, MarkdownBodyPartSettings settings)
    {
        var html = markdown.ToHtml(text);
        return settings.SanitizeHtml ? sanitizer.Sanitize(html) : html;
    }
}
