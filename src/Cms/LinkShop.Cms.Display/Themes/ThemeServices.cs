using Microsoft.AspNetCore.Http;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Manifest;
using OrchardCore.DisplayManagement.Theming;
using OrchardCore.Environment.Extensions;
using OrchardCore.Settings;
using OrchardCore.Themes.Services;

namespace LinkShop.Cms.Display.Themes;

/// <summary>The theme names live in the site settings, where Orchard keeps them.</summary>
internal sealed class SiteThemeService(ISiteService sites, IExtensionManager extensions) : ISiteThemeService, IAdminThemeService
{
    private const string SiteKey = "CurrentThemeName";
    private const string AdminKey = "CurrentAdminThemeName";

    public Task<IExtensionInfo?> GetSiteThemeAsync() => GetThemeAsync(SiteKey);

    public Task<string?> GetSiteThemeNameAsync() => GetNameAsync(SiteKey);

    public Task SetSiteThemeAsync(string themeName) => SetAsync(SiteKey, themeName);

    public Task<IExtensionInfo?> GetAdminThemeAsync() => GetThemeAsync(AdminKey);

    public Task<string?> GetAdminThemeNameAsync() => GetNameAsync(AdminKey);

    public Task SetAdminThemeAsync(string themeName) => SetAsync(AdminKey, themeName);

    private async Task<IExtensionInfo?> GetThemeAsync(string key) =>
        await GetNameAsync(key) is { } name && extensions.GetExtension(name) is { Exists: true } theme ? theme : null;

    private async Task<string?> GetNameAsync(string key) =>
        (await sites.GetSiteSettingsAsync()).Properties[key]?.GetValue<string>() is { Length: > 0 } name ? name : null;

    private async Task SetAsync(string key, string themeName)
    {
        if (extensions.GetExtension(themeName) is not { Exists: true } theme || theme.Manifest.ModuleInfo is not ThemeAttribute)
            throw new ArgumentException($"There is no theme '{themeName}'.", nameof(themeName));

        var site = await sites.LoadSiteSettingsAsync();
        site.Properties[key] = themeName;
        await sites.UpdateSiteSettingsAsync(site);
    }
}

internal sealed class SiteThemeSelector(ISiteThemeService themes) : IThemeSelector
{
    public async Task<ThemeSelectorResult?> GetThemeAsync() =>
        await themes.GetSiteThemeNameAsync() is { } name ? new() { Priority = 0, ThemeName = name } : null;
}

internal sealed class AdminThemeSelector(IAdminThemeService themes, IHttpContextAccessor http) : IThemeSelector
{
    public async Task<ThemeSelectorResult?> GetThemeAsync() =>
        http.HttpContext is { } context && AdminAttribute.IsApplied(context) && await themes.GetAdminThemeNameAsync() is { } name
            ? new() { Priority = 100, ThemeName = name }
            : null;
}

/// <summary>The theme of the request, asked for once.</summary>
internal sealed class ThemeManager(IEnumerable<IThemeSelector> selectors, IExtensionManager extensions) : IThemeManager
{
    private IExtensionInfo? _theme;
    private bool _known;

    public async Task<IExtensionInfo?> GetThemeAsync()
    {
        if (_known)
            return _theme;

        ThemeSelectorResult? best = null;
        foreach (var selector in selectors)
        {
            if (await selector.GetThemeAsync() is { } result && (best is null || result.Priority > best.Priority))
                best = result;
        }

        _theme = best is not null && extensions.GetExtension(best.ThemeName) is { Exists: true } theme ? theme : null;
        _known = true;
        return _theme;
    }
}
