namespace LinkShop.Cms.Display.Shapes;

/// <summary>Which shape type a template file renders, by Orchard's naming rules.</summary>
internal static class TemplateNames
{
    private const string Extension = ".cshtml";

    // Folders below Views and what they put before the name.
    private static readonly (string Folder, string Prefix)[] _folders =
    [
        ("/Views/", ""),
        ("/Views/Items/", ""),
        ("/Views/Parts/", "Parts_"),
        ("/Views/Fields/", "Fields_"),
        ("/Views/Elements/", "Elements_"),
    ];

    /// <summary>The shape type of <c>/Views/ProductPart-Game.Summary.cshtml</c> is <c>ProductPart_Summary__Game</c>; null when the file is no shape template.</summary>
    public static string? Find(string modulePath)
    {
        var slash = modulePath.LastIndexOf('/') + 1;
        var folder = modulePath.AsSpan(0, slash);
        if (slash >= modulePath.Length || modulePath[slash] == '_' || !modulePath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return null;

        foreach (var (path, prefix) in _folders)
        {
            if (folder.Equals(path, StringComparison.OrdinalIgnoreCase))
                return FromFileName(prefix, modulePath[slash..^Extension.Length]);
        }

        return null;
    }

    private static string FromFileName(string prefix, string name)
    {
        var dot = name.LastIndexOf('.');
        // The display type follows the last dot, if no dash comes after it: Foo-Bar.Summary, but not Foo.Bar-Baz.
        if (dot < 0 || dot < name.LastIndexOf('-'))
            return prefix + Type(name);

        var type = prefix + Type(name[..dot]);
        var display = name[(dot + 1)..];
        var separator = type.IndexOf("__", StringComparison.Ordinal);
        return separator <= 0 ? type + "_" + display : type[..separator] + "_" + display + type[separator..];
    }

    private static string Type(string name) => name.Replace("--", "__").Replace("-", "__").Replace('.', '_');
}
