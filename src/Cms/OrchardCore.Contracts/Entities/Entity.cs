using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchardCore.Entities;

/// <summary>Something with named sections of further data.</summary>
public interface IEntity
{
    /// <summary>The sections by name.</summary>
    JsonObject Properties { get; }
}

/// <summary>Base of documents that modules add sections to.</summary>
public class Entity : IEntity
{
    /// <inheritdoc/>
    public JsonObject Properties { get; set; } = [];
}

/// <summary>Reads and writes the sections of an entity.</summary>
public static class EntityExtensions
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The section named like <typeparamref name="T"/>, or a new one.</summary>
    public static T As<T>(this IEntity entity) where T : new() => entity.As<T>(typeof(T).Name);

    /// <summary>The section of that name, or a new one.</summary>
    public static T As<T>(this IEntity entity, string name) where T : new()
        => entity.Properties.TryGetPropertyValue(name, out var value) && value is not null
            ? value.Deserialize<T>(s_options) ?? new T()
            : new T();

    /// <summary>True when the section named like <typeparamref name="T"/> was saved.</summary>
    public static bool Has<T>(this IEntity entity) => entity.Has(typeof(T).Name);

    /// <summary>True when a section of that name was saved.</summary>
    public static bool Has(this IEntity entity, string name) => entity.Properties.ContainsKey(name);

    /// <summary>Replaces the section named like <typeparamref name="T"/>.</summary>
    public static IEntity Put<T>(this IEntity entity, T aspect) where T : new() => entity.Put(typeof(T).Name, aspect!);

    /// <summary>Replaces the section of that name.</summary>
    public static IEntity Put(this IEntity entity, string name, object value)
    {
        entity.Properties[name] = value as JsonNode ?? JsonSerializer.SerializeToNode(value, value.GetType(), s_options);
        return entity;
    }

    /// <summary>Reads, changes and replaces the section named like <typeparamref name="TAspect"/>.</summary>
    public static IEntity Alter<TAspect>(this IEntity entity, Action<TAspect> action) where TAspect : new()
    {
        var aspect = entity.As<TAspect>();
        action(aspect);
        return entity.Put(aspect);
    }
}
