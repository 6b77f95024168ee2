using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement;

/// <summary>HTML or text that was added to a zone without a shape.</summary>
internal sealed class PositionedContent(IHtmlContent? html, string? text) : IHtmlContent, IPositioned
{
    public string? Position { get; set; }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (html is not null)
            html.WriteTo(writer, encoder);
        else if (text is not null)
            encoder.Encode(writer, text);
    }
}
