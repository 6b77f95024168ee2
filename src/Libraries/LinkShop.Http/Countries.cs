using System.Globalization;

namespace LinkShop.Http;

/// <summary>Countries and regions to choose among.</summary>
public static class Countries
{
    private static readonly List<(string Code, string Name)> s_all =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(culture => new RegionInfo(culture.Name).TwoLetterISORegionName).Where(IsCode).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(code => (code, NameOf(code))),
    ];

    /// <summary>Their codes and what they call themselves, by code.</summary>
    /// <param name="chosen">A code that is chosen; one that nobody knows stays in the list.</param>
    public static IReadOnlyList<(string Code, string Name)> Named(string? chosen) =>
        string.IsNullOrEmpty(chosen) || s_all.Exists(country => country.Code == chosen) ? s_all : [(chosen, ""), .. s_all];

    private static string NameOf(string code)
    {
        try
        {
            return new RegionInfo(code).NativeName;
        }
        catch (ArgumentException)
        {
            // a few that cultures have are no regions by themselves: the code alone says which is meant
            return "";
        }
    }

    // others are numbers of whole continents
    private static bool IsCode(string code) => code.Length == 2 && code.All(char.IsAsciiLetterUpper);
}
