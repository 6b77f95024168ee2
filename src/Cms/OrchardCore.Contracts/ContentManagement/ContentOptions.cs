using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.ContentManagement.Handlers;

namespace OrchardCore.ContentManagement;

/// <summary>The .NET types of parts and fields that code registered.</summary>
public class ContentOptions
{
    private readonly Dictionary<string, ContentPartOption> _parts = [];
    private readonly Dictionary<string, ContentFieldOption> _fields = [];

    /// <summary>The registered parts.</summary>
    public IReadOnlyList<ContentPartOption> ContentPartOptions => [.. _parts.Values];

    /// <summary>The registered fields.</summary>
    public IReadOnlyList<ContentFieldOption> ContentFieldOptions => [.. _fields.Values];

    /// <summary>The registered parts by name.</summary>
    public IReadOnlyDictionary<string, ContentPartOption> ContentPartOptionsLookup => _parts;

    /// <summary>The registered fields by name.</summary>
    public IReadOnlyDictionary<string, ContentFieldOption> ContentFieldOptionsLookup => _fields;

    internal ContentPartOption GetOrAddContentPart(Type type) =>
        _parts.TryGetValue(type.Name, out var option) ? option : _parts[type.Name] = new(type);

    internal ContentFieldOption GetOrAddContentField(Type type) =>
        _fields.TryGetValue(type.Name, out var option) ? option : _fields[type.Name] = new(type);
}

/// <summary>A registered part's type.</summary>
public abstract class ContentPartOptionBase
{
    /// <summary>Registers a part type.</summary>
    protected ContentPartOptionBase(Type contentPartType) => Type = contentPartType;

    /// <summary>The .NET type.</summary>
    public Type Type { get; }
}

/// <summary>A registered part.</summary>
public class ContentPartOption : ContentPartOptionBase
{
    private readonly List<Type> _handlers = [];

    /// <summary>Registers a part type.</summary>
    public ContentPartOption(Type contentPartType) : base(contentPartType)
    {
    }

    /// <summary>The types of its handlers.</summary>
    public IReadOnlyList<Type> Handlers => _handlers;

    internal void AddHandler(Type handler)
    {
        if (!_handlers.Contains(handler))
            _handlers.Add(handler);
    }
}

/// <summary>A registered field's type.</summary>
public abstract class ContentFieldOptionBase
{
    /// <summary>Registers a field type.</summary>
    protected ContentFieldOptionBase(Type contentFieldType) => Type = contentFieldType;

    /// <summary>The .NET type.</summary>
    public Type Type { get; }
}

/// <summary>A registered field.</summary>
public class ContentFieldOption : ContentFieldOptionBase
{
    /// <summary>Registers a field type.</summary>
    public ContentFieldOption(Type contentFieldType) : base(contentFieldType)
    {
    }
}

/// <summary>Adds to the registration of a part.</summary>
public class ContentPartOptionBuilder
{
    /// <summary>Starts adding to a part's registration.</summary>
    public ContentPartOptionBuilder(IServiceCollection services, Type contentPartType) => (Services, ContentPartType) = (services, contentPartType);

    /// <summary>The services of the feature.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The part's type.</summary>
    public Type ContentPartType { get; }
}

/// <summary>Adds to the registration of a field.</summary>
public class ContentFieldOptionBuilder
{
    /// <summary>Starts adding to a field's registration.</summary>
    public ContentFieldOptionBuilder(IServiceCollection services, Type contentFieldType) => (Services, ContentFieldType) = (services, contentFieldType);

    /// <summary>The services of the feature.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The field's type.</summary>
    public Type ContentFieldType { get; }
}

/// <summary>Registers parts, fields and their handlers.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers a part.</summary>
    public static ContentPartOptionBuilder AddContentPart<TContentPart>(this IServiceCollection services) where TContentPart : ContentPart =>
        services.AddContentPart(typeof(TContentPart));

    /// <summary>Registers a part.</summary>
    public static ContentPartOptionBuilder AddContentPart(this IServiceCollection services, Type contentPartType)
    {
        services.Configure<ContentOptions>(options => options.GetOrAddContentPart(contentPartType));
        return new(services, contentPartType);
    }

    /// <summary>Registers a field.</summary>
    public static ContentFieldOptionBuilder AddContentField<TContentField>(this IServiceCollection services) where TContentField : ContentField =>
        services.AddContentField(typeof(TContentField));

    /// <summary>Registers a field.</summary>
    public static ContentFieldOptionBuilder AddContentField(this IServiceCollection services, Type contentFieldType)
    {
        services.Configure<ContentOptions>(options => options.GetOrAddContentField(contentFieldType));
        return new(services, contentFieldType);
    }

    /// <summary>Registers a handler of the part.</summary>
    public static ContentPartOptionBuilder AddHandler<THandler>(this ContentPartOptionBuilder builder) where THandler : class, IContentPartHandler =>
        builder.AddHandler(typeof(THandler));

    /// <summary>Registers a handler of the part.</summary>
    public static ContentPartOptionBuilder AddHandler(this ContentPartOptionBuilder builder, Type handlerType)
    {
        builder.Services.TryAddScoped(handlerType);
        builder.Services.Configure<ContentOptions>(options => options.GetOrAddContentPart(builder.ContentPartType).AddHandler(handlerType));
        return builder;
    }
}
