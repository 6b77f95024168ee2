using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.ContentManagement.Metadata.Records;

namespace LinkShop.Cms.Content.Definitions;

/// <summary>The content types and parts of a tenant, built from their stored form and shared by its requests.</summary>
internal sealed class DefinitionSet
{
    private static readonly ConditionalWeakTable<ContentDefinitionRecord, DefinitionSet> Shared = [];

    public DefinitionSet(ContentDefinitionRecord record)
    {
        Parts = record.ContentPartDefinitionRecords.Select(Build).ToDictionary(part => part.Name, StringComparer.OrdinalIgnoreCase);
        Types = record.ContentTypeDefinitionRecords.Select(Build).ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var definition in Types.Values.SelectMany(type => type.Parts).Cast<ContentDefinition>().Concat(Types.Values).Concat(Parts.Values))
            Touch(definition.Settings);
        foreach (var field in Types.Values.SelectMany(type => type.Parts).Select(part => part.PartDefinition).Concat(Parts.Values).SelectMany(part => part.Fields))
            Touch(field.Settings);
    }

    /// <summary>The definitions of a stored form that nobody changes: one for all tenants that share it.</summary>
    public static DefinitionSet Of(ContentDefinitionRecord record) => Shared.GetValue(record, static record => new(record));

    public IReadOnlyDictionary<string, ContentTypeDefinition> Types { get; }

    public IReadOnlyDictionary<string, ContentPartDefinition> Parts { get; }

    /// <summary>A JSON object read from text fills itself on the first look, which two requests must not do at the same time.</summary>
    private static void Touch(JsonNode? node)
    {
        if (node is JsonObject members)
            foreach (var (_, member) in members)
                Touch(member);
        else if (node is JsonArray items)
            foreach (var item in items)
                Touch(item);
    }

    private static ContentPartDefinition Build(ContentPartDefinitionRecord part) => new(
        part.Name,
        part.ContentPartFieldDefinitionRecords.Select(field => new ContentPartFieldDefinition(new(field.FieldName), field.Name, field.Settings)),
        part.Settings);

    private ContentTypeDefinition Build(ContentTypeDefinitionRecord type) => new(
        type.Name,
        type.DisplayName ?? type.Name,
        type.ContentTypePartDefinitionRecords.Select(part => new ContentTypePartDefinition(
            part.Name ?? part.PartName, Parts.GetValueOrDefault(part.PartName) ?? new ContentPartDefinition(part.PartName), part.Settings)),
        type.Settings);
}
