using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Cms.Json;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;

namespace LinkShop.Cms.Content.Recipes;

/// <summary>The recipe step <c>content</c>: stores content items. All are checked first; one that is wrong stops the step before anything is stored.</summary>
internal sealed class ContentStep(IContentManager contentManager, IContentDefinitionManager definitions, IStringLocalizer<ContentStep> localizer) : NamedRecipeStepHandler("content")
{
    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        var node = context.Step.FirstOrDefault(member => string.Equals(member.Key, "Data", StringComparison.OrdinalIgnoreCase)).Value;
        if (node is not JsonArray data)
        {
            context.Errors.Add(localizer["The step content: Data must be a list of content items."]);
            return;
        }

        var items = new List<ContentItem>();
        for (var i = 0; i < data.Count; i++)
            if (await ReadAsync(context, data[i], i) is { } item)
                items.Add(item);
        if (context.Errors.Count > 0)
            return;
        try
        {
            await contentManager.ImportAsync(items);
        }
        catch (ValidationException error)
        {
            context.Errors.Add(localizer["The step content: {0}", error.Message]);
        }
    }

    private async Task<ContentItem?> ReadAsync(RecipeExecutionContext context, JsonNode? node, int position)
    {
        try
        {
            if (node?.Deserialize<ContentItem>(ContentJson.Options) is not { } item)
                return Fail(context, position, null, localizer["A content item must be a JSON object."]);
            if (string.IsNullOrEmpty(item.ContentItemId))
                return Fail(context, position, item, localizer["{0} is missing.", nameof(item.ContentItemId)]);
            if (string.IsNullOrEmpty(item.ContentType))
                return Fail(context, position, item, localizer["{0} is missing.", nameof(item.ContentType)]);
            if (await definitions.GetTypeDefinitionAsync(item.ContentType) is not { } type)
                return Fail(context, position, item, localizer["The content type '{0}' is not defined.", item.ContentType]);
            foreach (var part in type.Parts)
                if (item.Data[part.Name] is { } value and not JsonObject)
                    return Fail(context, position, item, localizer["{0} must be a JSON object, not {1}.", part.Name, value.GetValueKind()]);
            return item;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            var path = (error as JsonException)?.Path?.TrimStart('$', '.');
            return Fail(context, position, null, string.IsNullOrEmpty(path) ? error.Message : $"{path}: {error.Message}");
        }
    }

    private ContentItem? Fail(RecipeExecutionContext context, int position, ContentItem? item, string message)
    {
        var name = item?.DisplayText ?? item?.ContentItemId;
        context.Errors.Add(localizer["The step content, item {0}: {1}", name is null ? $"Data[{position}]" : $"Data[{position}] '{name}'", message]);
        return null;
    }
}
