using System.Globalization;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.Services;
using LinkShop.Storefront.ViewModels;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Markdown.Models;

namespace LinkShop.Storefront.Drivers;

/// <summary>An information page in the visitor's language.</summary>
internal sealed class PageTextsDisplayDriver(MarkdownTexts markdown) : ContentPartDisplayDriver<PageTextsPart>
{
    public override IDisplayResult? Display(PageTextsPart part, BuildPartDisplayContext context)
    {
        if (context.DisplayType != "Detail")
            return null;
        return Initialize<PageTextsViewModel>("PageTexts", model =>
        {
            var item = part.ContentItem;
            var text = Texts.Pick(part.Translations, CultureInfo.CurrentUICulture.Name);
            model.Title = Texts.FirstOf(text?.Title, item.DisplayText);
            model.Body = markdown.ToHtml(Texts.FirstOf(text?.Body, item.As<MarkdownBodyPart>()?.Markdown));
        }).Location("Detail", "Content:1");
    }
}
