using OrchardCore.ContentManagement.Metadata.Settings;

namespace OrchardCore.ContentManagement.Metadata.Models;

/// <summary>Reads the settings of a content type.</summary>
public static class ContentTypeExtensions
{
    /// <summary>The settings.</summary>
    public static ContentTypeSettings GetSettings(this ContentTypeDefinition type) => type.GetSettings<ContentTypeSettings>();

    /// <summary>Whether people may create items of it.</summary>
    public static bool IsCreatable(this ContentTypeDefinition type) => type.GetSettings().Creatable;

    /// <summary>Whether the admin lists its items.</summary>
    public static bool IsListable(this ContentTypeDefinition type) => type.GetSettings().Listable;

    /// <summary>Whether drafts are possible.</summary>
    public static bool IsDraftable(this ContentTypeDefinition type) => type.GetSettings().Draftable;

    /// <summary>Whether old versions are kept.</summary>
    public static bool IsVersionable(this ContentTypeDefinition type) => type.GetSettings().Versionable;

    /// <summary>Whether the type has permissions of its own.</summary>
    public static bool IsSecurable(this ContentTypeDefinition type) => type.GetSettings().Securable;
}

/// <summary>Reads the settings of a part in a content type.</summary>
public static class ContentTypePartExtensions
{
    /// <summary>What people see: the name set here, else the part's, else its technical name.</summary>
    public static string DisplayName(this ContentTypePartDefinition part) =>
        part.GetSettings<ContentTypePartSettings>().DisplayName ?? part.PartDefinition.GetSettings<ContentPartSettings>().DisplayName ?? part.Name;

    /// <summary>What it is for.</summary>
    public static string? Description(this ContentTypePartDefinition part) =>
        part.GetSettings<ContentTypePartSettings>().Description ?? part.PartDefinition.GetSettings<ContentPartSettings>().Description;

    /// <summary>The way it is displayed when not the standard one.</summary>
    public static string? DisplayMode(this ContentTypePartDefinition part) => part.GetSettings<ContentTypePartSettings>().DisplayMode;

    /// <summary>The way it is edited when not the standard one.</summary>
    public static string? Editor(this ContentTypePartDefinition part) => part.GetSettings<ContentTypePartSettings>().Editor;

    /// <summary>Whether the type uses the part under a name of its own.</summary>
    public static bool IsNamedPart(this ContentTypePartDefinition part) => part.Name != part.PartDefinition.Name;
}

/// <summary>Reads the settings of a field in a part.</summary>
public static class ContentPartFieldSettingsExtensions
{
    /// <summary>What people see.</summary>
    public static string DisplayName(this ContentPartFieldDefinition field) => field.GetSettings<ContentPartFieldSettings>().DisplayName ?? field.Name;

    /// <summary>What it is for.</summary>
    public static string? Description(this ContentPartFieldDefinition field) => field.GetSettings<ContentPartFieldSettings>().Description;

    /// <summary>The way it is displayed when not the standard one.</summary>
    public static string? DisplayMode(this ContentPartFieldDefinition field) => field.GetSettings<ContentPartFieldSettings>().DisplayMode;

    /// <summary>The way it is edited when not the standard one.</summary>
    public static string? Editor(this ContentPartFieldDefinition field) => field.GetSettings<ContentPartFieldSettings>().Editor;
}
