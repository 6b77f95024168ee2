using System.Text.Json.Nodes;

namespace OrchardCore.ContentManagement.Metadata.Records;

/// <summary>The definitions of a tenant as they are stored and as recipes have them.</summary>
public class ContentDefinitionRecord : LinkShop.Cms.ISharedDocument
{
    /// <summary>The types.</summary>
    public IList<ContentTypeDefinitionRecord> ContentTypeDefinitionRecords { get; set; } = [];

    /// <summary>The parts.</summary>
    public IList<ContentPartDefinitionRecord> ContentPartDefinitionRecords { get; set; } = [];
}

/// <summary>A content type.</summary>
public class ContentTypeDefinitionRecord
{
    /// <summary>The technical name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What people see.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The settings.</summary>
    public JsonObject Settings { get; set; } = [];

    /// <summary>The parts.</summary>
    public IList<ContentTypePartDefinitionRecord> ContentTypePartDefinitionRecords { get; set; } = [];
}

/// <summary>A part as a content type uses it.</summary>
public class ContentTypePartDefinitionRecord
{
    /// <summary>The name of the part.</summary>
    public string PartName { get; set; } = "";

    /// <summary>The name in the type.</summary>
    public string? Name { get; set; }

    /// <summary>The settings.</summary>
    public JsonObject Settings { get; set; } = [];
}

/// <summary>A content part.</summary>
public class ContentPartDefinitionRecord
{
    /// <summary>The technical name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The settings.</summary>
    public JsonObject Settings { get; set; } = [];

    /// <summary>The fields.</summary>
    public IList<ContentPartFieldDefinitionRecord> ContentPartFieldDefinitionRecords { get; set; } = [];
}

/// <summary>A field as a part uses it.</summary>
public class ContentPartFieldDefinitionRecord
{
    /// <summary>The kind of field.</summary>
    public string FieldName { get; set; } = "";

    /// <summary>The name in the part.</summary>
    public string Name { get; set; } = "";

    /// <summary>The settings.</summary>
    public JsonObject Settings { get; set; } = [];
}
