using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Layout
{
    /// <summary>Gives the layout of the current page.</summary>
    public interface ILayoutAccessor
    {
        /// <summary>The layout shape; created on first use.</summary>
        Task<IZoneHolding> GetLayoutAsync();
    }
}

namespace OrchardCore.DisplayManagement.Title
{
    /// <summary>Collects the parts of the page's title.</summary>
    public interface IPageTitleBuilder
    {
        /// <summary>Adds a part at a place.</summary>
        void AddSegment(IHtmlContent segment, string position);

        /// <summary>Sets the whole title; added parts are ignored.</summary>
        void SetFixedTitle(IHtmlContent title);

        /// <summary>Forgets the parts.</summary>
        void Clear();

        /// <summary>The title, parts joined by the separator.</summary>
        IHtmlContent GenerateTitle(IHtmlContent? separator);
    }
}

namespace OrchardCore.DisplayManagement.Html
{
    /// <summary>Text that is encoded when it is written.</summary>
    public class HtmlContentString : IHtmlContent
    {
        private readonly string _text;

        /// <summary>Takes the text.</summary>
        public HtmlContentString(string value) => _text = value;

        /// <inheritdoc />
        public void WriteTo(TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder) => encoder.Encode(writer, _text);
    }
}
