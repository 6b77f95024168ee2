using System.Dynamic;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OrchardCore.ContentManagement;

/// <summary>Something that belongs to a content item.</summary>
public interface IContent
{
    /// <summary>The content item.</summary>
    ContentItem ContentItem { get; }
}

/// <summary>A named piece of a content item: its JSON, and the typed objects made from it so far.</summary>
public class ContentElement : IContent
{
    private Dictionary<string, ContentElement>? _elements;
    private DynamicJson? _content;

    /// <summary>Creates an empty element.</summary>
    protected internal ContentElement() : this([])
    {
    }

    /// <summary>Creates an element over its JSON.</summary>
    protected internal ContentElement(JsonObject data) => Data = data;

    /// <summary>The typed objects made from the JSON so far, by name.</summary>
    [JsonIgnore]
    protected internal Dictionary<string, ContentElement> Elements => _elements ??= [];

    /// <summary>The JSON of the element, for reading members by name: <c>item.Content.TitlePart.Title</c>.</summary>
    [JsonIgnore]
    public dynamic Content => _content ??= new DynamicJson(Data);

    /// <summary>The content item the element belongs to.</summary>
    [JsonIgnore]
    public ContentItem ContentItem { get; set; } = null!;

    [JsonIgnore]
    internal JsonObject Data
    {
        get;
        set
        {
            field = value;
            _content = null;
        }
    }

    /// <summary>Whether the JSON has a member of that name.</summary>
    public bool Has(string name) => Data.ContainsKey(name);

    /// <summary>Reads JSON members as if they were properties. Values come out as text, number, true/false or null.</summary>
    private sealed class DynamicJson(JsonObject data) : DynamicObject
    {
        public override bool TryGetMember(GetMemberBinder binder, out object? result)
        {
            result = Unwrap(data[binder.Name]);
            return true;
        }

        public override bool TryConvert(ConvertBinder binder, out object? result)
        {
            result = data;
            return binder.Type.IsInstanceOfType(data);
        }

        private static object? Unwrap(JsonNode? node) => node switch
        {
            JsonObject child => new DynamicJson(child),
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
            JsonValue value when value.TryGetValue<decimal>(out var number) => number,
            _ => node,
        };
    }
}

/// <summary>A part of a content item, such as its title.</summary>
public class ContentPart : ContentElement
{
    /// <summary>Creates an empty part.</summary>
    public ContentPart()
    {
    }
}

/// <summary>A field of a part, such as a text.</summary>
public class ContentField : ContentElement
{
    /// <summary>Creates an empty field.</summary>
    public ContentField()
    {
    }
}
