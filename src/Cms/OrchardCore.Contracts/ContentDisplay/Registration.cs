using Microsoft.Extensions.DependencyInjection;

namespace OrchardCore.ContentManagement.Display.ContentDisplay;

/// <summary>Drivers of parts and fields by name; filled at start-up.</summary>
public class ContentDisplayOptions
{
    private readonly Dictionary<string, List<ContentPartDisplayDriverOption>> _parts = [];
    private readonly Dictionary<string, List<ContentFieldDisplayDriverOption>> _fields = [];

    internal IReadOnlyList<ContentPartDisplayDriverOption> PartDrivers(string partName) => _parts.TryGetValue(partName, out var drivers) ? drivers : [];

    internal IReadOnlyList<ContentFieldDisplayDriverOption> FieldDrivers(string fieldName) => _fields.TryGetValue(fieldName, out var drivers) ? drivers : [];

    internal void Add(Type part, ContentPartDisplayDriverOption driver)
    {
        if (!_parts.TryGetValue(part.Name, out var drivers))
            _parts[part.Name] = drivers = [];

        if (!drivers.Exists(other => other.DisplayDriverType == driver.DisplayDriverType))
            drivers.Add(driver);
    }

    internal void Add(Type field, ContentFieldDisplayDriverOption driver)
    {
        if (!_fields.TryGetValue(field.Name, out var drivers))
            _fields[field.Name] = drivers = [];

        drivers.RemoveAll(other => other.DisplayDriverType == driver.DisplayDriverType);
        drivers.Add(driver);
    }
}

/// <summary>A driver of a part.</summary>
public class ContentPartDisplayDriverOption
{
    /// <summary>Takes the driver's type.</summary>
    public ContentPartDisplayDriverOption(Type displayDriverType) => DisplayDriverType = displayDriverType;

    /// <summary>The driver's type.</summary>
    public Type DisplayDriverType { get; }
}

/// <summary>A driver of a field.</summary>
public class ContentFieldDisplayDriverOption
{
    /// <summary>Takes the driver's type.</summary>
    public ContentFieldDisplayDriverOption(Type displayDriverType) => DisplayDriverType = displayDriverType;

    /// <summary>The driver's type.</summary>
    public Type DisplayDriverType { get; }

    /// <summary>Whether the driver serves a display mode.</summary>
    public Func<string?, bool> DisplayMode { get; internal set; } = static _ => true;

    /// <summary>Whether the driver serves an editor.</summary>
    public Func<string?, bool> Editor { get; internal set; } = static _ => true;
}

/// <summary>Registers drivers of parts.</summary>
public static class ContentPartServiceCollectionExtensions
{
    /// <summary>Registers a driver for display and editing.</summary>
    public static ContentPartOptionBuilder UseDisplayDriver<TContentPartDisplayDriver>(this ContentPartOptionBuilder builder)
        where TContentPartDisplayDriver : class, IContentPartDisplayDriver
    {
        var part = builder.ContentPartType;
        builder.Services.AddScoped<TContentPartDisplayDriver>();
        builder.Services.Configure<ContentDisplayOptions>(options => options.Add(part, new ContentPartDisplayDriverOption(typeof(TContentPartDisplayDriver))));
        return builder;
    }
}

/// <summary>Registers drivers of fields.</summary>
public static class ContentFieldServiceCollectionExtensions
{
    /// <summary>Registers a driver for all display modes and editors.</summary>
    public static ContentFieldOptionBuilder UseDisplayDriver<TContentFieldDisplayDriver>(this ContentFieldOptionBuilder builder)
        where TContentFieldDisplayDriver : class, IContentFieldDisplayDriver =>
        builder.UseDisplayDriver<TContentFieldDisplayDriver>(static _ => true);

    /// <summary>Registers a driver for the display modes and editors that the condition names.</summary>
    public static ContentFieldOptionBuilder UseDisplayDriver<TContentFieldDisplayDriver>(this ContentFieldOptionBuilder builder, Func<string?, bool> predicate)
        where TContentFieldDisplayDriver : class, IContentFieldDisplayDriver
    {
        var field = builder.ContentFieldType;
        builder.Services.AddScoped<TContentFieldDisplayDriver>();
        builder.Services.Configure<ContentDisplayOptions>(options => options.Add(field, new ContentFieldDisplayDriverOption(typeof(TContentFieldDisplayDriver)) { DisplayMode = predicate, Editor = predicate }));
        return builder;
    }
}
