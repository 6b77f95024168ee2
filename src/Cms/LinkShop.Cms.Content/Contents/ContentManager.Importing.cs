using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Cms.Json;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Records;
using YesSql;
using YesSql.Services;

namespace LinkShop.Cms.Content.Contents;

internal sealed partial class ContentManager
{
    private const int ImportBatch = 500;

    public async Task ImportAsync(IEnumerable<ContentItem> contentItems)
    {
        var imported = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var batch in contentItems.Chunk(ImportBatch))
        {
            string[] itemIds = [.. batch.Select(item => item.ContentItemId).Where(id => !string.IsNullOrEmpty(id)).Distinct()];
            string[] versionIds = [.. batch.Select(item => item.ContentItemVersionId).Where(id => !string.IsNullOrEmpty(id)).Distinct()];
            var stored = (await this.LoadAsync(await session
                .Query<ContentItem, ContentItemIndex>(x => x.ContentItemId.IsIn(itemIds) && (x.Latest || x.Published || x.ContentItemVersionId.IsIn(versionIds)))
                .ListAsync())).ToLookup(item => item.ContentItemId, StringComparer.OrdinalIgnoreCase);
            foreach (var item in batch)
                if (string.IsNullOrEmpty(item.ContentItemVersionId) || imported.Add(item.ContentItemVersionId))
                    await ImportAsync(item, [.. string.IsNullOrEmpty(item.ContentItemId) ? [] : stored[item.ContentItemId]]);
        }
    }

    public Task<ContentValidateResult> CreateContentItemVersionAsync(ContentItem contentItem) => CreateVersionAsync(contentItem, null);

    public Task<ContentValidateResult> UpdateContentItemVersionAsync(ContentItem updatingVersion, ContentItem updatedVersion) =>
        UpdateVersionAsync(updatingVersion, updatedVersion, null);

    private async Task ImportAsync(ContentItem item, ContentItem[] stored)
    {
        // Recipes seldom name versions. An item without one replaces the stored item's latest version instead of piling up a new one on each run.
        var original = string.IsNullOrEmpty(item.ContentItemVersionId)
            ? stored.FirstOrDefault(version => version.Latest)
            : stored.FirstOrDefault(version => string.Equals(version.ContentItemVersionId, item.ContentItemVersionId, StringComparison.OrdinalIgnoreCase));
        if (original is not null && IsUnchanged(item, original))
            return;
        var context = new ImportContentContext(item, original);
        await ForwardAsync(context, static (handler, context) => handler.ImportingAsync(context));
        var result = original is null ? await CreateVersionAsync(item, stored) : await UpdateVersionAsync(original, item, stored);
        if (!result.Succeeded)
            throw new ValidationException($"The content item '{item.DisplayText ?? item.ContentItemId}' ({item.ContentType}, {item.ContentItemId}) is not valid: {Describe(result)}");
        await BackAsync(context, static (handler, context) => handler.ImportedAsync(context));
    }

    private async Task<ContentValidateResult> CreateVersionAsync(ContentItem item, ContentItem[]? stored)
    {
        if (string.IsNullOrEmpty(item.ContentItemId))
            throw new InvalidOperationException($"A content item of type '{item.ContentType}' has no {nameof(ContentItem.ContentItemId)}.");
        item.Id = 0;
        if (string.IsNullOrEmpty(item.ContentItemVersionId))
            item.ContentItemVersionId = ids.GenerateUniqueId(item);
        // The handlers set these to now and to the user who imports.
        var (created, modified, publishedUtc, owner, author) = (item.CreatedUtc, item.ModifiedUtc, item.PublishedUtc, item.Owner, item.Author);
        await EvictAsync(item, item.Latest, item.Published, stored);
        var context = new CreateContentContext(item);
        await ForwardAsync(context, static (handler, context) => handler.CreatingAsync(context));
        await session.SaveAsync(item);
        loaded.Store(item);
        await BackAsync(context, static (handler, context) => handler.CreatedAsync(context));
        var result = await FinishAsync(item);
        item.CreatedUtc = created ?? item.CreatedUtc;
        item.ModifiedUtc = modified ?? item.ModifiedUtc;
        item.PublishedUtc = publishedUtc ?? item.PublishedUtc;
        item.Owner = string.IsNullOrEmpty(owner) ? item.Owner : owner;
        item.Author = string.IsNullOrEmpty(author) ? item.Author : author;
        return result;
    }

    private async Task<ContentValidateResult> UpdateVersionAsync(ContentItem updating, ContentItem updated, ContentItem[]? stored)
    {
        await EvictAsync(updating, updated.Latest && !updating.Latest, updated.Published && !updating.Published, stored);
        ContentJson.Merge(updating.Data, updated.Data);
        updating.Elements.Clear();
        updating.DisplayText = updated.DisplayText ?? updating.DisplayText;
        updating.CreatedUtc = updated.CreatedUtc ?? updating.CreatedUtc;
        updating.Owner = updated.Owner ?? updating.Owner;
        updating.Author = updated.Author ?? updating.Author;
        (updating.Latest, updating.Published) = (updated.Latest, updated.Published);
        var result = await FinishAsync(updating);
        updating.ModifiedUtc = updated.ModifiedUtc ?? updating.ModifiedUtc;
        updating.PublishedUtc = updated.PublishedUtc ?? updating.PublishedUtc;
        return result;
    }

    private async Task<ContentValidateResult> FinishAsync(ContentItem item)
    {
        await UpdateAsync(item);
        var result = await ValidateAsync(item);
        if (!result.Succeeded)
            return result;
        if (item.Published)
            await TellPublishedAsync(item, null);
        else
            await SaveDraftAsync(item);
        return result;
    }

    /// <summary>The version that comes in wins: others stop being the latest (with an incoming published one, drafts too) or the published one.</summary>
    private async Task EvictAsync(ContentItem incoming, bool latest, bool publishes, ContentItem[]? stored)
    {
        if (!latest && !publishes)
            return;
        stored ??= [.. await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == incoming.ContentItemId && (x.Latest || x.Published)).ListAsync()];
        foreach (var version in stored.Where(version => version != incoming && ((version.Latest && latest) || (version.Published && publishes))))
        {
            version.Latest &= !latest;
            version.Published &= !publishes;
            await session.SaveAsync(version);
        }
    }

    /// <summary>Whether everything the import says is stored already, so that running a recipe again changes nothing.</summary>
    private static bool IsUnchanged(ContentItem incoming, ContentItem stored)
    {
        var says = JsonSerializer.SerializeToNode(incoming, ContentJson.Options)!.AsObject();
        foreach (var name in says.Where(member => member.Value is null).Select(member => member.Key).ToArray())
            says.Remove(name);
        var has = JsonSerializer.SerializeToNode(stored, ContentJson.Options)!.AsObject();
        var merged = ContentJson.Merge(has.DeepClone().AsObject(), says);
        return JsonNode.DeepEquals(merged, has);
    }

    private static string Describe(ContentValidateResult result) =>
        string.Join("; ", result.Errors.Select(error => error.MemberNames.Any() ? $"{string.Join(", ", error.MemberNames)}: {error.ErrorMessage}" : error.ErrorMessage));
}
