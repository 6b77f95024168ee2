using OrchardCore.ContentManagement;

namespace OrchardCore.Markdown.Models
{
    /// <summary>The main text of a content item as Markdown.</summary>
    public class MarkdownBodyPart : ContentPart
    {
        /// <summary>The Markdown text.</summary>
        public string? Markdown { get; set; }
    }
}

namespace OrchardCore.Markdown.Settings
{
    /// <summary>The settings of a Markdown text in a content type.</summary>
    public class MarkdownBodyPartSettings
    {
        /// <summary>Whether the HTML made from it is cleaned by the allow-list.</summary>
        public bool SanitizeHtml { get; set; } = true;
    }
}

namespace OrchardCore.Markdown.Services
{
    /// <summary>Turns Markdown into HTML.</summary>
    public interface IMarkdownService
    {
        /// <summary>The HTML of a Markdown text; not cleaned.</summary>
        string ToHtml(string markdown);
    }
}

namespace OrchardCore.Infrastructure.Html
{
    /// <summary>Cleans HTML that people wrote.</summary>
    public interface IHtmlSanitizerService
    {
        /// <summary>The HTML with only allowed elements, attributes and addresses.</summary>
        string Sanitize(string html);
    }
}
