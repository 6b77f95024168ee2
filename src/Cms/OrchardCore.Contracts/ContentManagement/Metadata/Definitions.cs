using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Cms.Json;

namespace OrchardCore.ContentManagement.Metadata.Models;

/// <summary>A named definition with settings. Definitions are read-only; builders make changed copies.</summary>
public abstract class ContentDefinition
{
    private readonly ConcurrentDictionary<Type, object> _read = [];

    /// <summary>The name.</summary>
    public string Name { get; protected set; } = "";

    /// <summary>The settings as JSON, an object for each settings type by its name.</summary>
    public JsonObject Settings { get; protected set; } = [];

    /// <summary>The settings of a type; new ones when nothing is stored. Treat the result as read-only: it is shared.</summary>
    public T GetSettings<T>() where T : new() =>
        (T)_read.GetOrAdd(typeof(T), type => Settings[type.Name] is JsonObject stored ? stored.Deserialize<T>(ContentJson.Options)! : new T());
}

/// <summary>A content type.</summary>
public class ContentTypeDefinition : ContentDefinition
{
    /// <summary>Creates a definition.</summary>
    public ContentTypeDefinition(string name, string displayName, IEnumerable<ContentTypePartDefinition> parts, JsonObject settings)
    {
        (Name, DisplayName, Settings) = (name, displayName, settings);
        Parts = [.. parts];
        foreach (var part in Parts)
            part.ContentTypeDefinition = this;
    }

    /// <summary>Creates a definition without parts.</summary>
    public ContentTypeDefinition(string name, string displayName) : this(name, displayName, [], [])
    {
    }

    /// <summary>What people see.</summary>
    public string DisplayName { get; }

    /// <summary>The parts in their order.</summary>
    public IEnumerable<ContentTypePartDefinition> Parts { get; }
}

/// <summary>A content part, which content types use.</summary>
public class ContentPartDefinition : ContentDefinition
{
    /// <summary>Creates a definition without fields.</summary>
    public ContentPartDefinition(string name) : this(name, [], [])
    {
    }

    /// <summary>Creates a definition.</summary>
    public ContentPartDefinition(string name, IEnumerable<ContentPartFieldDefinition> fields, JsonObject settings)
    {
        (Name, Settings) = (name, settings);
        Fields = [.. fields];
        foreach (var field in Fields)
            field.PartDefinition = this;
    }

    /// <summary>The fields in their order.</summary>
    public IEnumerable<ContentPartFieldDefinition> Fields { get; }
}

/// <summary>A part as a content type uses it.</summary>
public class ContentTypePartDefinition : ContentDefinition
{
    /// <summary>Creates a definition.</summary>
    public ContentTypePartDefinition(string name, ContentPartDefinition contentPartDefinition, JsonObject settings)
    {
        (Name, PartDefinition, Settings) = (name, contentPartDefinition, settings);
        // Each use has its own copies of the fields, which know the type they are used in.
        var fields = contentPartDefinition.Fields.Select(field => new ContentPartFieldDefinition(field.FieldDefinition, field.Name, field.Settings)).ToArray();
        PartDefinition = new ContentPartDefinition(contentPartDefinition.Name, fields, contentPartDefinition.Settings);
        foreach (var field in fields)
            field.ContentTypePartDefinition = this;
    }

    /// <summary>The part.</summary>
    public ContentPartDefinition PartDefinition { get; }

    /// <summary>The type that uses it.</summary>
    public ContentTypeDefinition ContentTypeDefinition { get; set; } = null!;
}

/// <summary>A field as a part uses it.</summary>
public class ContentPartFieldDefinition : ContentDefinition
{
    /// <summary>Creates a definition.</summary>
    public ContentPartFieldDefinition(ContentFieldDefinition contentFieldDefinition, string name, JsonObject settings) =>
        (FieldDefinition, Name, Settings) = (contentFieldDefinition, name, settings);

    /// <summary>The field.</summary>
    public ContentFieldDefinition FieldDefinition { get; }

    /// <summary>The part that uses it.</summary>
    public ContentPartDefinition PartDefinition { get; set; } = null!;

    /// <summary>How the content type uses the part; null outside of one.</summary>
    public ContentTypePartDefinition ContentTypePartDefinition { get; set; } = null!;
}

/// <summary>A kind of field.</summary>
public class ContentFieldDefinition
{
    /// <summary>Creates a definition.</summary>
    public ContentFieldDefinition(string name) => Name = name;

    /// <summary>The name of the kind, such as TextField.</summary>
    public string Name { get; }
}
