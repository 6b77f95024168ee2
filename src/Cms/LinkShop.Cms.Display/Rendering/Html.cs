using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace LinkShop.Cms.Display.Rendering;

internal static class Html
{
    /// <summary>Escapes what HTML needs escaped and leaves Chinese readable, which also keeps pages small.</summary>
    public static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
}
