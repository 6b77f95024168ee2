namespace OrchardCore.Localization;

/// <summary>The languages of the current tenant.</summary>
public interface ILocalizationService
{
    /// <summary>The culture for a visitor who asks for none of the supported ones.</summary>
    Task<string> GetDefaultCultureAsync();

    /// <summary>The cultures the tenant speaks.</summary>
    Task<string[]> GetSupportedCulturesAsync();
}
