using OrchardCore.Environment.Extensions;

namespace OrchardCore.DisplayManagement.Theming;

/// <summary>Gives the theme of the current request.</summary>
public interface IThemeManager
{
    /// <summary>The theme; null when the tenant has none.</summary>
    Task<IExtensionInfo?> GetThemeAsync();
}

/// <summary>Suggests a theme for the current request.</summary>
public interface IThemeSelector
{
    /// <summary>The suggestion; null for none.</summary>
    Task<ThemeSelectorResult?> GetThemeAsync();
}

/// <summary>A suggested theme; the one with the highest priority wins.</summary>
public class ThemeSelectorResult
{
    /// <summary>Priority; higher wins.</summary>
    public int Priority { get; set; }

    /// <summary>Id of the theme.</summary>
    public string ThemeName { get; set; } = "";
}
