using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Cms.Json;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Builders;
using OrchardCore.ContentManagement.Metadata.Records;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Content.Recipes;

/// <summary>The recipe step <c>ContentDefinition</c>: puts content types and parts over what the tenant has.</summary>
internal sealed class ContentDefinitionStep(IContentDefinitionManager definitions, IStringLocalizer<ContentDefinitionStep> localizer) : NamedRecipeStepHandler("ContentDefinition")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var (part, path) in Read<ContentPartDefinitionRecord>(context, "ContentParts"))
            await TryAsync(context, path, part.Name, () => definitions.AlterPartDefinitionAsync(part.Name, builder => Change(builder, part)));
        foreach (var (type, path) in Read<ContentTypeDefinitionRecord>(context, "ContentTypes"))
            await TryAsync(context, path, type.Name, () => definitions.AlterTypeDefinitionAsync(type.Name, builder => Change(builder, type)));
    }

    private static void Change(ContentTypeDefinitionBuilder builder, ContentTypeDefinitionRecord type)
    {
        if (!string.IsNullOrEmpty(type.DisplayName))
            builder.DisplayedAs(type.DisplayName);
        builder.MergeSettings(type.Settings);
        foreach (var part in type.ContentTypePartDefinitionRecords)
            builder.WithPart(string.IsNullOrEmpty(part.Name) ? part.PartName : part.Name, part.PartName, use => use.MergeSettings(part.Settings));
    }

    private static void Change(ContentPartDefinitionBuilder builder, ContentPartDefinitionRecord part)
    {
        builder.MergeSettings(part.Settings);
        foreach (var field in part.ContentPartFieldDefinitionRecords)
            builder.WithField(field.Name, use => use.OfType(field.FieldName).MergeSettings(field.Settings));
    }

    private IEnumerable<(T Record, string Path)> Read<T>(RecipeExecutionContext context, string name)
    {
        var node = context.Step.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
        if (node is null)
            yield break;
        if (node is not JsonArray items)
        {
            context.Errors.Add(localizer["The step ContentDefinition: {0} must be a list.", name]);
            yield break;
        }

        for (var i = 0; i < items.Count; i++)
        {
            T? record = default;
            try
            {
                record = items[i].Deserialize<T>(ContentJson.Options);
            }
            catch (JsonException error)
            {
                context.Errors.Add(localizer["The step ContentDefinition, {0}: {1}", $"{name}[{i}]{error.Path?.TrimStart('$')}", error.Message]);
            }

            if (record is not null)
                yield return (record, $"{name}[{i}]");
        }
    }

    private async Task TryAsync(RecipeExecutionContext context, string path, string name, Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (ArgumentException error)
        {
            context.Errors.Add(localizer["The step ContentDefinition, {0}: {1}", $"{path} '{name}'", error.Message]);
        }
    }
}
