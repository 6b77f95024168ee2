using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Cms.Json;

namespace OrchardCore.ContentManagement;

/// <summary>Gets and sets the named elements of a content element.</summary>
public static class ContentExtensions
{
    /// <summary>The element of that name, or null.</summary>
    public static TElement? Get<TElement>(this ContentElement contentElement, string name) where TElement : ContentElement =>
        (TElement?)contentElement.Get(typeof(TElement), name);

    /// <summary>The element of that name as the type given, or null.</summary>
    public static ContentElement? Get(this ContentElement contentElement, Type contentElementType, string name)
    {
        if (contentElement.Elements.TryGetValue(name, out var known) && contentElementType.IsInstanceOfType(known))
            return known;
        if (contentElement.Data[name] is not JsonObject data)
            return null;
        var element = (ContentElement)data.Deserialize(contentElementType, ContentJson.Options)!;
        element.Data = data;
        element.ContentItem = contentElement.ContentItem;
        contentElement.Elements[name] = element;
        return element;
    }

    /// <summary>The element of that name; an empty one is added when there is none.</summary>
    public static TElement GetOrCreate<TElement>(this ContentElement contentElement, string name) where TElement : ContentElement, new()
    {
        if (contentElement.Get<TElement>(name) is { } existing)
            return existing;
        var element = new TElement { ContentItem = contentElement.ContentItem };
        contentElement.Data[name] = element.Data;
        contentElement.Elements[name] = element;
        return element;
    }

    /// <summary>Adds an element unless there is one of that name.</summary>
    public static ContentElement Weld(this ContentElement contentElement, string name, ContentElement element)
    {
        if (contentElement.Data.ContainsKey(name))
            return contentElement;
        // Fields welded onto a part before have their JSON in its data and not in its properties.
        var data = ContentJson.Merge(ContentJson.ToObject(element), element.Data);
        contentElement.Data[name] = data;
        element.Data = data;
        element.ContentItem = contentElement.ContentItem;
        contentElement.Elements[name] = element;
        return contentElement;
    }

    /// <summary>Writes an element's properties into the JSON under that name; members it doesn't know stay.</summary>
    public static ContentElement Apply(this ContentElement contentElement, string name, ContentElement element)
    {
        if (contentElement.Data[name] is not JsonObject data)
            contentElement.Data[name] = data = element.Data.Parent is null ? element.Data : element.Data.DeepClone().AsObject();
        ContentJson.Merge(data, ContentJson.ToObject(element));
        element.Data = data;
        element.ContentItem = contentElement.ContentItem;
        contentElement.Elements[name] = element;
        // A part that was read before may hold an older copy of this field as a property.
        if (element is ContentField && contentElement.ContentItem is { } item && item != contentElement)
            item.Elements.Clear();
        return contentElement;
    }

    /// <summary>Writes all properties of <paramref name="elementToApply"/> into this element's JSON.</summary>
    public static ContentElement Apply(this ContentElement contentElement, ContentElement elementToApply)
    {
        ContentJson.Merge(contentElement.Data, elementToApply.Data);
        contentElement.Elements.Clear();
        return contentElement;
    }

    /// <summary>Writes a part's changed properties into its content item.</summary>
    public static ContentPart Apply(this ContentPart contentPart)
    {
        contentPart.ContentItem.Apply(contentPart.GetType().Name, contentPart);
        return contentPart;
    }

    /// <summary>Changes the element of that name, which is added when there is none.</summary>
    public static ContentElement Alter<TElement>(this ContentElement contentElement, string name, Action<TElement> action) where TElement : ContentElement, new()
    {
        var element = contentElement.GetOrCreate<TElement>(name);
        action(element);
        return contentElement.Apply(name, element);
    }

    /// <summary>Changes the element of that name, which is added when there is none.</summary>
    public static async Task<ContentElement> AlterAsync<TElement>(this ContentElement contentElement, string name, Func<TElement, Task> action) where TElement : ContentElement, new()
    {
        var element = contentElement.GetOrCreate<TElement>(name);
        await action(element);
        return contentElement.Apply(name, element);
    }

    /// <summary>Removes the element of that name; whether there was one.</summary>
    public static bool Remove(this ContentElement contentElement, string name)
    {
        contentElement.Elements.Remove(name);
        return contentElement.Data.Remove(name);
    }

    /// <summary>Whether there is an element named like the type.</summary>
    public static bool Has<TElement>(this ContentElement contentElement) where TElement : ContentElement => contentElement.Has(typeof(TElement).Name);

    /// <summary>Whether the item is the published version.</summary>
    public static bool IsPublished(this IContent content) => content.ContentItem is { Published: true };

    /// <summary>Whether the item has a version that isn't published, as far as this version knows.</summary>
    public static bool HasDraft(this IContent content) => content.ContentItem is { } item && (!item.Published || !item.Latest);
}

/// <summary>Gets and sets the parts of a content item by their type.</summary>
public static class ContentItemExtensions
{
    /// <summary>The part of that type, or null.</summary>
    public static TPart? As<TPart>(this ContentItem contentItem) where TPart : ContentPart => contentItem.Get<TPart>(typeof(TPart).Name);

    /// <summary>The part of that type; an empty one is added when there is none.</summary>
    public static TPart GetOrCreate<TPart>(this ContentItem contentItem) where TPart : ContentPart, new() => contentItem.GetOrCreate<TPart>(typeof(TPart).Name);

    /// <summary>Adds a part unless the item has one of that type.</summary>
    public static ContentItem Weld<TPart>(this ContentItem contentItem, TPart part) where TPart : ContentPart
    {
        contentItem.Weld(typeof(TPart).Name, part);
        return contentItem;
    }

    /// <summary>Writes a part's properties into the item.</summary>
    public static ContentItem Apply<TPart>(this ContentItem contentItem, TPart part) where TPart : ContentPart
    {
        contentItem.Apply(typeof(TPart).Name, part);
        return contentItem;
    }

    /// <summary>Changes the part of that type, which is added when there is none.</summary>
    public static ContentItem Alter<TPart>(this ContentItem contentItem, Action<TPart> action) where TPart : ContentPart, new()
    {
        contentItem.Alter(typeof(TPart).Name, action);
        return contentItem;
    }

    /// <summary>Changes the part of that type, which is added when there is none.</summary>
    public static async Task<ContentItem> AlterAsync<TPart>(this ContentItem contentItem, Func<TPart, Task> action) where TPart : ContentPart, new()
    {
        await contentItem.AlterAsync(typeof(TPart).Name, action);
        return contentItem;
    }

    /// <summary>Whether the item has a part of that type.</summary>
    public static bool TryGet<TPart>(this ContentItem contentItem, out TPart? part) where TPart : ContentPart => (part = contentItem.As<TPart>()) is not null;

    /// <summary>Removes the part of that type.</summary>
    public static void Remove<TPart>(this ContentItem contentItem) where TPart : ContentPart => contentItem.Remove(typeof(TPart).Name);
}
