using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Entities;

namespace OrchardCore.Settings;

/// <summary>The stored site settings.</summary>
public class SiteSettings : Entity, ISite
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Type, object> _sections = new();

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

    /// <summary>Set on the shared copy: its sections are then deserialized once instead of at each read.</summary>
    [JsonIgnore]
    internal bool IsShared { get; set; }

    /// <inheritdoc/>
    public T As<T>() where T : new()
        => IsShared ? (T)_sections.GetOrAdd(typeof(T), _ => EntityExtensions.As<T>(this)!) : EntityExtensions.As<T>(this);
}
