using System.Text.Json;
using System.Text.Json.Serialization;
using LinkShop.Cms;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Entities;

namespace OrchardCore.Settings;

/// <summary>The stored site settings.</summary>
public class SiteSettings : Entity, ISite, ISharedDocument
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Type, object> _sections = new(1, 3);

    /// <inheritdoc/>
    public string SiteName { get; set; } = "";

    /// <inheritdoc/>
    public string? BaseUrl { get; set; }

    /// <inheritdoc/>
    public string? PageTitleFormat { get; set; }

    /// <inheritdoc/>
    public string? SiteSalt { get; set; }

    /// <inheritdoc/>
    public string? SuperUser { get; set; }

    /// <inheritdoc/>
    public string? TimeZoneId { get; set; }

    /// <inheritdoc/>
    public int PageSize { get; set; } = 20;

    /// <inheritdoc/>
    public int MaxPageSize { get; set; } = 100;

    /// <inheritdoc/>
    public RouteValueDictionary HomeRoute { get; set; } = [];

    private bool _isShared;

    /// <inheritdoc/>
    public T As<T>() where T : new()
        => _isShared ? (T)_sections.GetOrAdd(typeof(T), _ => EntityExtensions.As<T>(this)!) : EntityExtensions.As<T>(this);

    /// <summary>Modules read it, and some might change it.</summary>
    bool ISharedDocument.AcrossTenants => false;

    /// <summary>From now on read only: its sections are deserialized once instead of at each read.</summary>
    void ISharedDocument.Share()
    {
        ReadRoute();
        _isShared = true;
    }

    /// <summary>Route values come back from storage as JSON elements, which routing doesn't understand.</summary>
    internal void ReadRoute()
    {
        foreach (var (key, value) in HomeRoute.ToArray())
            if (value is JsonElement element) HomeRoute[key] = element.ValueKind == JsonValueKind.Null ? null : element.ToString();
    }
}
