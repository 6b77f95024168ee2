using System.Globalization;

namespace OrchardCore.Localization;

/// <summary>The cultures of the tenant.</summary>
public interface ILocalizationService
{
    /// <summary>The culture that texts without a translation are in.</summary>
    Task<string> GetDefaultCultureAsync();

    /// <summary>The cultures that visitors can choose, the default one included.</summary>
    Task<string[]> GetSupportedCulturesAsync();

    /// <summary>All cultures that can be made supported.</summary>
    CultureInfo[] GetAllCulturesAndAliases();
}
