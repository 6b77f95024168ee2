using Microsoft.AspNetCore.Routing;
using OrchardCore.Entities;

namespace OrchardCore.Settings;

/// <summary>The settings of one tenant's site. Sections of modules are read with <c>As&lt;T&gt;</c> and written with <c>Put</c>.</summary>
public interface ISite : IEntity
{
    /// <summary>The site's name, shown in titles and mails.</summary>
    string SiteName { get; set; }

    /// <summary>The public address for links outside requests, for example in mails; null when unknown.</summary>
    string? BaseUrl { get; set; }

    /// <summary>The format of page titles; null for the default.</summary>
    string? PageTitleFormat { get; set; }

    /// <summary>A random text that is unique to the site.</summary>
    string? SiteSalt { get; set; }

    /// <summary>The id of the user who set the site up and may do everything.</summary>
    string? SuperUser { get; set; }

    /// <summary>The IANA time zone in which dates are shown; null for the server's.</summary>
    string? TimeZoneId { get; set; }

    /// <summary>Rows per page of lists.</summary>
    int PageSize { get; set; }

    /// <summary>The most rows per page that a visitor may ask for.</summary>
    int MaxPageSize { get; set; }

    /// <summary>Where the root address leads.</summary>
    RouteValueDictionary HomeRoute { get; set; }

    /// <summary>The section of settings of type <typeparamref name="T"/>; its defaults when it was never saved.</summary>
    T As<T>() where T : new();
}

/// <summary>Loads and saves the tenant's site settings.</summary>
public interface ISiteService
{
    /// <summary>The settings to change and hand to <see cref="UpdateSiteSettingsAsync"/>.</summary>
    Task<ISite> LoadSiteSettingsAsync();

    /// <summary>The settings to read; shared between requests, so never change them.</summary>
    Task<ISite> GetSiteSettingsAsync();

    /// <summary>Saves settings that <see cref="LoadSiteSettingsAsync"/> returned.</summary>
    Task UpdateSiteSettingsAsync(ISite site);
}

/// <summary>Shortcuts to sections of the site settings.</summary>
public static class SiteServiceExtensions
{
    /// <summary>The section of settings of type <typeparamref name="T"/>, to read.</summary>
    public static async Task<T> GetSettingsAsync<T>(this ISiteService siteService) where T : new()
        => (await siteService.GetSiteSettingsAsync()).As<T>();
}
