using Markdig;
using Microsoft.AspNetCore.Html;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Models;
using OrchardCore.Infrastructure.Html;
using OrchardCore.Markdown.Models;
using OrchardCore.Markdown.Services;
using OrchardCore.Markdown.Settings;

namespace LinkShop.Cms.Content.Markdown;

/// <summary>Markdig with its common extensions. HTML within Markdown is shown as text.</summary>
internal sealed class MarkdownService(RenderedTexts rendered) : IMarkdownService
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAdvancedExtensions().Build();

    public string ToHtml(string markdown) => rendered.GetOrMake("markdown", markdown, static text => Markdig.Markdown.ToHtml(text, Pipeline));
}

/// <summary>The Markdown text is an item's body.</summary>
internal sealed class MarkdownBodyPartHandler(IContentDefinitionManager definitions, IMarkdownService markdown, IHtmlSanitizerService sanitizer)
    : ContentPartHandler<MarkdownBodyPart>
{
    public override Task GetContentItemAspectAsync(ContentItemAspectContext context, MarkdownBodyPart part) => context.ForAsync<BodyAspect>(async body =>
    {
        var type = await definitions.GetTypeDefinitionAsync(part.ContentItem.ContentType);
        var settings = type?.Parts.FirstOrDefault(use => use.PartDefinition.Name == nameof(MarkdownBodyPart))?.GetSettings<MarkdownBodyPartSettings>() ?? new();
        var html = markdown.ToHtml(part.Markdown ?? "");
        body.Body = new HtmlString(settings.SanitizeHtml ? sanitizer.Sanitize(html) : html);
    });
}
