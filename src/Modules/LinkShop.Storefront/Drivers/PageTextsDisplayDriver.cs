using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.ViewModels;
using Microsoft.AspNetCore.Html;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Infrastructure.Html;
using OrchardCore.Markdown.Models;
using OrchardCore.Markdown.Services;

namespace LinkShop.Storefront.Drivers;

/// <summary>An information page in the visitor's language.</summary>
internal sealed class PageTextsDisplayDriver(IMarkdownService markdown, IHtmlSanitizerService sanitizer) : ContentPartDisplayDriver<PageTextsPart>
{
    public override IDisplayResult? Display(PageTextsPart part, BuildPartDisplayContext context)
    {
        if (context.DisplayType != "Detail")
            return null;
        return Initialize<PageTextsViewModel>("PageTexts", model =>
        {
            var item = part.ContentItem;
            var text = Cultures.Pick(part.Translations, CultureInfo.CurrentUICulture.Name);
            model.Title = Cultures.FirstOf(text?.Title, item.DisplayText);
            model.Body = new HtmlString(sanitizer.Sanitize(markdown.ToHtml(Cultures.FirstOf(text?.Body, item.As<MarkdownBodyPart>()?.Markdown))));
        }).Location("Detail", "Content:1");
    }
}
