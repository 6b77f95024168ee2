namespace LinkShop.Storefront.Services;

internal static class Texts
{
    /// <summary>The value for a culture or its language, or null.</summary>
    public static T? Pick<T>(IReadOnlyDictionary<string, T> values, string culture) where T : class
    {
        if (values.TryGetValue(culture, out var exact))
            return exact;
        var language = culture.Split('-')[0];
        return values.FirstOrDefault(pair => pair.Key.Split('-')[0] == language).Value;
    }

    public static string FirstOf(string? first, string? second) => string.IsNullOrWhiteSpace(first) ? second ?? "" : first;
}
