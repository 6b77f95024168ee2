using OrchardCore.ContentManagement.Metadata.Builders;

namespace OrchardCore.ContentManagement.Metadata.Settings;

/// <summary>The settings of a content type.</summary>
public class ContentTypeSettings
{
    /// <summary>Whether people may create items of it in the admin.</summary>
    public bool Creatable { get; set; }

    /// <summary>Whether the admin lists its items.</summary>
    public bool Listable { get; set; }

    /// <summary>Whether an item may be stored without being published.</summary>
    public bool Draftable { get; set; }

    /// <summary>Whether old versions are kept.</summary>
    public bool Versionable { get; set; }

    /// <summary>Whether the type has permissions of its own.</summary>
    public bool Securable { get; set; }

    /// <summary>What the type is for.</summary>
    public string? Description { get; set; }

    /// <summary>How items are used when not as pages, such as Widget.</summary>
    public string? Stereotype { get; set; }
}

/// <summary>The settings of a content part.</summary>
public class ContentPartSettings
{
    /// <summary>Whether the admin offers to add it to types.</summary>
    public bool Attachable { get; set; }

    /// <summary>Whether a type may use it more than once.</summary>
    public bool Reusable { get; set; }

    /// <summary>What people see.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Where it stands among the parts when a type says nothing.</summary>
    public string? DefaultPosition { get; set; }
}

/// <summary>The settings of a part in a content type.</summary>
public class ContentTypePartSettings
{
    /// <summary>What people see.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>Where it stands among the parts.</summary>
    public string? Position { get; set; }

    /// <summary>The way it is displayed when not the standard one.</summary>
    public string? DisplayMode { get; set; }

    /// <summary>The way it is edited when not the standard one.</summary>
    public string? Editor { get; set; }
}

/// <summary>The settings of a field in a part.</summary>
public class ContentPartFieldSettings
{
    /// <summary>What people see.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>The way it is edited when not the standard one.</summary>
    public string? Editor { get; set; }

    /// <summary>The way it is displayed when not the standard one.</summary>
    public string? DisplayMode { get; set; }

    /// <summary>Where it stands among the fields.</summary>
    public string? Position { get; set; }
}

/// <summary>Sets the settings of a content type.</summary>
public static class ContentTypeSettingsExtensions
{
    /// <summary>Sets whether people may create items of it.</summary>
    public static ContentTypeDefinitionBuilder Creatable(this ContentTypeDefinitionBuilder builder, bool creatable = true) =>
        builder.MergeSettings<ContentTypeSettings>(settings => settings.Creatable = creatable);

    /// <summary>Sets whether the admin lists its items.</summary>
    public static ContentTypeDefinitionBuilder Listable(this ContentTypeDefinitionBuilder builder, bool listable = true) =>
        builder.MergeSettings<ContentTypeSettings>(settings => settings.Listable = listable);

    /// <summary>Sets whether drafts are possible.</summary>
    public static ContentTypeDefinitionBuilder Draftable(this ContentTypeDefinitionBuilder builder, bool draftable = true) =>
        builder.MergeSettings<ContentTypeSettings>(settings => settings.Draftable = draftable);

    /// <summary>Sets whether old versions are kept.</summary>
    public static ContentTypeDefinitionBuilder Versionable(this ContentTypeDefinitionBuilder builder, bool versionable = true) =>
        builder.MergeSettings<ContentTypeSettings>(settings => settings.Versionable = versionable);

    /// <summary>Sets whether the type has permissions of its own.</summary>
    public static ContentTypeDefinitionBuilder Securable(this ContentTypeDefinitionBuilder builder, bool securable = true) =>
        builder.MergeSettings<ContentTypeSettings>(settings => settings.Securable = securable);

    /// <summary>Sets what the type is for.</summary>
    public static ContentTypeDefinitionBuilder WithDescription(this ContentTypeDefinitionBuilder builder, string description) =>
        builder.MergeSettings<ContentTypeSettings>(settings => settings.Description = description);

    /// <summary>Sets how items are used when not as pages.</summary>
    public static ContentTypeDefinitionBuilder Stereotype(this ContentTypeDefinitionBuilder builder, string stereotype) =>
        builder.MergeSettings<ContentTypeSettings>(settings => settings.Stereotype = stereotype);
}

/// <summary>Sets the settings of a part.</summary>
public static class ContentPartSettingsExtensions
{
    /// <summary>Sets whether the admin offers to add it to types.</summary>
    public static ContentPartDefinitionBuilder Attachable(this ContentPartDefinitionBuilder builder, bool attachable = true) =>
        builder.MergeSettings<ContentPartSettings>(settings => settings.Attachable = attachable);

    /// <summary>Sets what it is for.</summary>
    public static ContentPartDefinitionBuilder WithDescription(this ContentPartDefinitionBuilder builder, string description) =>
        builder.MergeSettings<ContentPartSettings>(settings => settings.Description = description);

    /// <summary>Sets what people see.</summary>
    public static ContentPartDefinitionBuilder WithDisplayName(this ContentPartDefinitionBuilder builder, string displayName) =>
        builder.MergeSettings<ContentPartSettings>(settings => settings.DisplayName = displayName);
}

/// <summary>Sets the settings of a part in a content type.</summary>
public static class ContentTypePartSettingsExtensions
{
    /// <summary>Sets what people see.</summary>
    public static ContentTypePartDefinitionBuilder WithDisplayName(this ContentTypePartDefinitionBuilder builder, string displayName) =>
        builder.MergeSettings<ContentTypePartSettings>(settings => settings.DisplayName = displayName);

    /// <summary>Sets what it is for.</summary>
    public static ContentTypePartDefinitionBuilder WithDescription(this ContentTypePartDefinitionBuilder builder, string description) =>
        builder.MergeSettings<ContentTypePartSettings>(settings => settings.Description = description);

    /// <summary>Sets where it stands among the parts.</summary>
    public static ContentTypePartDefinitionBuilder WithPosition(this ContentTypePartDefinitionBuilder builder, string position) =>
        builder.MergeSettings<ContentTypePartSettings>(settings => settings.Position = position);

    /// <summary>Sets the way it is edited.</summary>
    public static ContentTypePartDefinitionBuilder WithEditor(this ContentTypePartDefinitionBuilder builder, string editor) =>
        builder.MergeSettings<ContentTypePartSettings>(settings => settings.Editor = editor);
}

/// <summary>Sets the settings of a field in a part.</summary>
public static class ContentPartFieldSettingsExtensions
{
    /// <summary>Sets what people see.</summary>
    public static ContentPartFieldDefinitionBuilder WithDisplayName(this ContentPartFieldDefinitionBuilder builder, string displayName) =>
        builder.MergeSettings<ContentPartFieldSettings>(settings => settings.DisplayName = displayName);

    /// <summary>Sets what it is for.</summary>
    public static ContentPartFieldDefinitionBuilder WithDescription(this ContentPartFieldDefinitionBuilder builder, string description) =>
        builder.MergeSettings<ContentPartFieldSettings>(settings => settings.Description = description);

    /// <summary>Sets where it stands among the fields.</summary>
    public static ContentPartFieldDefinitionBuilder WithPosition(this ContentPartFieldDefinitionBuilder builder, string position) =>
        builder.MergeSettings<ContentPartFieldSettings>(settings => settings.Position = position);

    /// <summary>Sets the way it is edited.</summary>
    public static ContentPartFieldDefinitionBuilder WithEditor(this ContentPartFieldDefinitionBuilder builder, string editor) =>
        builder.MergeSettings<ContentPartFieldSettings>(settings => settings.Editor = editor);
}
