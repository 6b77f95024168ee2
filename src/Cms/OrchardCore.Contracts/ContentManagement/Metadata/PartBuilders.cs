using System.Text.Json.Nodes;
using LinkShop.Cms.Json;
using OrchardCore.ContentManagement.Metadata.Models;

namespace OrchardCore.ContentManagement.Metadata.Builders;

/// <summary>Builds a content part.</summary>
public class ContentPartDefinitionBuilder
{
    private readonly List<ContentPartFieldDefinition> _fields = [];
    private readonly JsonObject _settings = [];
    private string _name = "";

    /// <summary>Starts with nothing.</summary>
    public ContentPartDefinitionBuilder()
    {
    }

    /// <summary>Starts with an existing part.</summary>
    public ContentPartDefinitionBuilder(ContentPartDefinition? existing)
    {
        if (existing is null)
            return;
        _name = existing.Name;
        _fields.AddRange(existing.Fields);
        _settings = existing.Settings.DeepClone().AsObject();
    }

    /// <summary>Makes the definition.</summary>
    public ContentPartDefinition Build()
    {
        if (string.IsNullOrEmpty(_name) || !char.IsLetter(_name[0]) || !_name.All(char.IsLetterOrDigit))
            throw new ArgumentException($"The content part name '{_name}' must start with a letter and have only letters and digits.");
        var fields = _fields.Select(field => new ContentPartFieldDefinition(field.FieldDefinition, field.Name, field.Settings.DeepClone().AsObject()));
        return new ContentPartDefinition(_name, fields, _settings.DeepClone().AsObject());
    }

    /// <summary>Sets the technical name.</summary>
    public ContentPartDefinitionBuilder Named(string name)
    {
        _name = name;
        return this;
    }

    /// <summary>Puts settings over the existing ones.</summary>
    public ContentPartDefinitionBuilder MergeSettings(JsonObject settings)
    {
        ContentJson.Merge(_settings, settings);
        return this;
    }

    /// <summary>Changes the settings of a type.</summary>
    public ContentPartDefinitionBuilder MergeSettings<T>(Action<T> setting) where T : class, new()
    {
        BuilderSettings.Change(_settings, setting);
        return this;
    }

    /// <summary>Sets the settings of a type.</summary>
    public ContentPartDefinitionBuilder WithSettings<T>(T settings)
    {
        BuilderSettings.Set(_settings, (object?)settings ?? throw new ArgumentNullException(nameof(settings)));
        return this;
    }

    /// <summary>Removes a field.</summary>
    public ContentPartDefinitionBuilder RemoveField(string fieldName)
    {
        _fields.RemoveAll(field => field.Name == fieldName);
        return this;
    }

    /// <summary>Adds a field, whose kind must then be set.</summary>
    public ContentPartDefinitionBuilder WithField(string fieldName) => WithField(fieldName, _ => { });

    /// <summary>Adds or changes a field.</summary>
    public ContentPartDefinitionBuilder WithField(string fieldName, Action<ContentPartFieldDefinitionBuilder> configuration)
    {
        var index = _fields.FindIndex(field => field.Name == fieldName);
        var builder = new ContentPartFieldDefinitionBuilder(index < 0 ? new(new(""), fieldName, []) : _fields[index]);
        configuration(builder);
        if (index < 0)
            _fields.Add(builder.Build());
        else
            _fields[index] = builder.Build();
        return this;
    }

    /// <summary>Adds or changes a field of a kind.</summary>
    public ContentPartDefinitionBuilder WithField<TField>(string fieldName, Action<ContentPartFieldDefinitionBuilder> configuration) =>
        WithField(fieldName, field => configuration(field.OfType(typeof(TField).Name)));
}

/// <summary>Builds a field of a content part.</summary>
public class ContentPartFieldDefinitionBuilder
{
    private readonly string _name;
    private ContentFieldDefinition _fieldDefinition;

    /// <summary>The settings so far.</summary>
    protected readonly JsonObject _settings;

    /// <summary>Starts with an existing field.</summary>
    public ContentPartFieldDefinitionBuilder(ContentPartFieldDefinition field) =>
        (_name, _fieldDefinition, _settings) = (field.Name, field.FieldDefinition, field.Settings.DeepClone().AsObject());

    /// <summary>Makes the definition.</summary>
    public ContentPartFieldDefinition Build() => _fieldDefinition.Name.Length > 0
        ? new(_fieldDefinition, _name, _settings.DeepClone().AsObject())
        : throw new ArgumentException($"The kind of the field '{_name}' is missing.");

    /// <summary>Sets the kind of field.</summary>
    public ContentPartFieldDefinitionBuilder OfType(string fieldType)
    {
        _fieldDefinition = new ContentFieldDefinition(fieldType);
        return this;
    }

    /// <summary>Puts settings over the existing ones.</summary>
    public ContentPartFieldDefinitionBuilder MergeSettings(JsonObject settings)
    {
        ContentJson.Merge(_settings, settings);
        return this;
    }

    /// <summary>Changes the settings of a type.</summary>
    public ContentPartFieldDefinitionBuilder MergeSettings<T>(Action<T> setting) where T : class, new()
    {
        BuilderSettings.Change(_settings, setting);
        return this;
    }

    /// <summary>Sets the settings of a type.</summary>
    public ContentPartFieldDefinitionBuilder WithSettings<T>(T settings)
    {
        BuilderSettings.Set(_settings, (object?)settings ?? throw new ArgumentNullException(nameof(settings)));
        return this;
    }
}
