using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Cms.Json;
using OrchardCore.ContentManagement.Metadata.Models;

namespace OrchardCore.ContentManagement.Metadata.Builders;

/// <summary>The settings of a definition while it is built.</summary>
internal static class BuilderSettings
{
    public static void Set(JsonObject settings, object value) => settings[value.GetType().Name] = ContentJson.ToObject(value, ContentJson.WithoutDefaults);

    public static void Change<T>(JsonObject settings, Action<T> change) where T : class, new()
    {
        var value = settings[typeof(T).Name] is JsonObject stored ? stored.Deserialize<T>(ContentJson.Options)! : new T();
        change(value);
        Set(settings, value);
    }
}

/// <summary>Builds a content type.</summary>
public class ContentTypeDefinitionBuilder
{
    private readonly List<ContentTypePartDefinition> _parts = [];
    private readonly JsonObject _settings = [];
    private string _name = "";
    private string? _displayName;

    /// <summary>Starts with nothing.</summary>
    public ContentTypeDefinitionBuilder()
    {
    }

    /// <summary>Starts with an existing type.</summary>
    public ContentTypeDefinitionBuilder(ContentTypeDefinition? existing)
    {
        if (existing is null)
            return;
        (_name, _displayName) = (existing.Name, existing.DisplayName);
        _parts.AddRange(existing.Parts);
        _settings = existing.Settings.DeepClone().AsObject();
    }

    /// <summary>Makes the definition.</summary>
    public ContentTypeDefinition Build()
    {
        if (string.IsNullOrEmpty(_name) || !char.IsLetter(_name[0]) || !_name.All(char.IsLetterOrDigit))
            throw new ArgumentException($"The content type name '{_name}' must start with a letter and have only letters and digits.");
        var parts = _parts.Select(part => new ContentTypePartDefinition(part.Name, part.PartDefinition, part.Settings.DeepClone().AsObject()));
        return new ContentTypeDefinition(_name, _displayName ?? _name, parts, _settings.DeepClone().AsObject());
    }

    /// <summary>Sets the technical name.</summary>
    public ContentTypeDefinitionBuilder Named(string name)
    {
        _name = name;
        return this;
    }

    /// <summary>Sets what people see.</summary>
    public ContentTypeDefinitionBuilder DisplayedAs(string displayName)
    {
        _displayName = displayName;
        return this;
    }

    /// <summary>Puts settings over the existing ones.</summary>
    public ContentTypeDefinitionBuilder MergeSettings(JsonObject settings)
    {
        ContentJson.Merge(_settings, settings);
        return this;
    }

    /// <summary>Changes the settings of a type.</summary>
    public ContentTypeDefinitionBuilder MergeSettings<T>(Action<T> setting) where T : class, new()
    {
        BuilderSettings.Change(_settings, setting);
        return this;
    }

    /// <summary>Sets the settings of a type.</summary>
    public ContentTypeDefinitionBuilder WithSettings<T>(T settings)
    {
        BuilderSettings.Set(_settings, (object?)settings ?? throw new ArgumentNullException(nameof(settings)));
        return this;
    }

    /// <summary>Removes a part.</summary>
    public ContentTypeDefinitionBuilder RemovePart(string partName)
    {
        _parts.RemoveAll(part => part.Name == partName);
        return this;
    }

    /// <summary>Adds a part.</summary>
    public ContentTypeDefinitionBuilder WithPart(string partName) => WithPart(partName, _ => { });

    /// <summary>Adds a part under a name of its own.</summary>
    public ContentTypeDefinitionBuilder WithPart(string name, string partName) => WithPart(name, new ContentPartDefinition(partName), _ => { });

    /// <summary>Adds or changes a part.</summary>
    public ContentTypeDefinitionBuilder WithPart(string partName, Action<ContentTypePartDefinitionBuilder> configuration) =>
        WithPart(partName, new ContentPartDefinition(partName), configuration);

    /// <summary>Adds or changes a part under a name of its own.</summary>
    public ContentTypeDefinitionBuilder WithPart(string name, string partName, Action<ContentTypePartDefinitionBuilder> configuration) =>
        WithPart(name, new ContentPartDefinition(partName), configuration);

    /// <summary>Adds or changes a part under a name of its own.</summary>
    public ContentTypeDefinitionBuilder WithPart(string name, ContentPartDefinition partDefinition, Action<ContentTypePartDefinitionBuilder> configuration)
    {
        var index = _parts.FindIndex(part => part.Name == name);
        var builder = new ContentTypePartDefinitionBuilder(index < 0 ? new(name, partDefinition, []) : _parts[index]);
        configuration(builder);
        if (index < 0)
            _parts.Add(builder.Build());
        else
            _parts[index] = builder.Build();
        return this;
    }

    /// <summary>Adds a part.</summary>
    public ContentTypeDefinitionBuilder WithPart<TPart>() where TPart : ContentPart => WithPart(typeof(TPart).Name);

    /// <summary>Adds or changes a part.</summary>
    public ContentTypeDefinitionBuilder WithPart<TPart>(Action<ContentTypePartDefinitionBuilder> configuration) where TPart : ContentPart =>
        WithPart(typeof(TPart).Name, configuration);
}

/// <summary>Builds a part of a content type.</summary>
public class ContentTypePartDefinitionBuilder
{
    private readonly ContentTypePartDefinition _part;

    /// <summary>The settings so far.</summary>
    protected readonly JsonObject _settings;

    /// <summary>Starts with an existing part.</summary>
    public ContentTypePartDefinitionBuilder(ContentTypePartDefinition part) => (_part, _settings) = (part, part.Settings.DeepClone().AsObject());

    /// <summary>Makes the definition.</summary>
    public ContentTypePartDefinition Build() => new(_part.Name, _part.PartDefinition, _settings.DeepClone().AsObject());

    /// <summary>Puts settings over the existing ones.</summary>
    public ContentTypePartDefinitionBuilder MergeSettings(JsonObject settings)
    {
        ContentJson.Merge(_settings, settings);
        return this;
    }

    /// <summary>Changes the settings of a type.</summary>
    public ContentTypePartDefinitionBuilder MergeSettings<T>(Action<T> setting) where T : class, new()
    {
        BuilderSettings.Change(_settings, setting);
        return this;
    }

    /// <summary>Sets the settings of a type.</summary>
    public ContentTypePartDefinitionBuilder WithSettings<T>(T settings)
    {
        BuilderSettings.Set(_settings, (object?)settings ?? throw new ArgumentNullException(nameof(settings)));
        return this;
    }
}
