using System.Collections.Concurrent;

namespace LinkShop.Cms.Display.Shapes;

/// <summary>Template names of whole content items, made once per type and display type.</summary>
internal static class ContentAlternates
{
    private static readonly ConcurrentDictionary<(string, string, string), string[]> _names = new();

    public static string[] Of(string shapeType, string displayType, string contentType) => _names.GetOrAdd((shapeType, displayType, contentType), static key =>
    {
        var (shape, display, type) = key;
        type = type.Replace("-", "__", StringComparison.Ordinal).Replace('.', '_');
        // Only a detail page falls back to Content-Product.cshtml; a list entry must not become a whole page.
        return display == "Detail"
            ? [$"{shape}_{display}", $"{shape}__{type}", $"{shape}_{display}__{type}"]
            : [$"{shape}_{display}", $"{shape}_{display}__{type}"];
    });
}
