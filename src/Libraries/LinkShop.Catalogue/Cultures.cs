namespace LinkShop.Catalogue;

/// <summary>Chooses among texts by culture.</summary>
public static class Cultures
{
    /// <summary>The value for a culture, or for its language (<c>en-GB</c> takes <c>en</c>, and <c>zh</c> takes <c>zh-CN</c>), or null.</summary>
    public static T? Pick<T>(IReadOnlyDictionary<string, T>? values, string culture) where T : class
    {
        if (values is null || values.Count == 0)
            return null;
        if (values.TryGetValue(culture, out var exact))
            return exact;
        var language = Language(culture);
        foreach (var (name, value) in values)
        {
            if (string.Equals(Language(name), language, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>The first text that says something.</summary>
    public static string FirstOf(string? first, string? second) => string.IsNullOrWhiteSpace(first) ? second ?? "" : first;

    private static string Language(string culture) => culture.Split('-')[0];
}
