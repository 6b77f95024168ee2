using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement.Title;
using OrchardCore.DisplayManagement.Zones;

namespace LinkShop.Cms.Display.Shapes;

internal sealed class PageTitleBuilder : IPageTitleBuilder
{
    private static readonly HtmlString _defaultSeparator = new(" - ");
    private readonly List<(string Position, IHtmlContent Text)> _segments = [];
    private IHtmlContent? _fixed;

    public void AddSegment(IHtmlContent segment, string position) => _segments.Add((position, segment));

    public void SetFixedTitle(IHtmlContent title) => _fixed = title;

    public void Clear()
    {
        _fixed = null;
        _segments.Clear();
    }

    public IHtmlContent GenerateTitle(IHtmlContent? separator)
    {
        if (_fixed is not null)
            return _fixed;

        var html = new HtmlContentBuilder(_segments.Count * 2);
        var first = true;
        foreach (var (_, text) in _segments.OrderBy(segment => segment.Position, Comparer<string>.Create(FlatPositionComparer.Instance.Compare)))
        {
            if (!first)
                html.AppendHtml(separator ?? _defaultSeparator);

            html.AppendHtml(text);
            first = false;
        }

        return html;
    }
}
