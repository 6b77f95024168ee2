using System.Globalization;
using System.Text.Json.Nodes;
using LinkShop.Cms.Content.Caching;
using LinkShop.Cms.Content.Data;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.ContentManagement.Metadata.Records;

namespace LinkShop.Cms.Content.Definitions;

/// <summary>Reads and changes the definitions of a request's tenant, which are one document.</summary>
internal sealed class ContentDefinitionManager(DocumentSession session, TenantDocuments<ContentDefinitionRecord> documents, ContentCache cache) : IContentDefinitionManager
{
    private DefinitionSet? _changed;

    public async Task<IEnumerable<ContentTypeDefinition>> LoadTypeDefinitionsAsync() => new DefinitionSet(await documents.LoadAsync()).Types.Values;

    public async Task<IEnumerable<ContentTypeDefinition>> ListTypeDefinitionsAsync() => (await GetAsync()).Types.Values;

    public async Task<IEnumerable<ContentPartDefinition>> LoadPartDefinitionsAsync() => new DefinitionSet(await documents.LoadAsync()).Parts.Values;

    public async Task<IEnumerable<ContentPartDefinition>> ListPartDefinitionsAsync() => (await GetAsync()).Parts.Values;

    public async Task<ContentTypeDefinition?> LoadTypeDefinitionAsync(string name) => new DefinitionSet(await documents.LoadAsync()).Types.GetValueOrDefault(name);

    public async Task<ContentTypeDefinition?> GetTypeDefinitionAsync(string name) =>
        string.IsNullOrEmpty(name) ? null : (await GetAsync()).Types.GetValueOrDefault(name);

    public async Task<ContentPartDefinition?> LoadPartDefinitionAsync(string name) => new DefinitionSet(await documents.LoadAsync()).Parts.GetValueOrDefault(name);

    public async Task<ContentPartDefinition?> GetPartDefinitionAsync(string name) =>
        string.IsNullOrEmpty(name) ? null : (await GetAsync()).Parts.GetValueOrDefault(name);

    public Task DeleteTypeDefinitionAsync(string name) => ChangeAsync(record => Remove(record.ContentTypeDefinitionRecords, type => Same(type.Name, name)));

    public Task DeletePartDefinitionAsync(string name) => ChangeAsync(record =>
    {
        foreach (var type in record.ContentTypeDefinitionRecords)
            Remove(type.ContentTypePartDefinitionRecords, part => Same(part.PartName, name));
        Remove(record.ContentPartDefinitionRecords, part => Same(part.Name, name));
    });

    public Task StoreTypeDefinitionAsync(ContentTypeDefinition contentTypeDefinition) => ChangeAsync(record =>
    {
        Replace(record.ContentTypeDefinitionRecords, type => Same(type.Name, contentTypeDefinition.Name), new ContentTypeDefinitionRecord
        {
            Name = contentTypeDefinition.Name,
            DisplayName = contentTypeDefinition.DisplayName,
            Settings = Copy(contentTypeDefinition.Settings),
            ContentTypePartDefinitionRecords = [.. contentTypeDefinition.Parts.Select(part => new ContentTypePartDefinitionRecord
            {
                Name = part.Name,
                PartName = part.PartDefinition.Name,
                Settings = Copy(part.Settings),
            })],
        });
    });

    public Task StorePartDefinitionAsync(ContentPartDefinition contentPartDefinition) => ChangeAsync(record =>
    {
        Replace(record.ContentPartDefinitionRecords, part => Same(part.Name, contentPartDefinition.Name), new ContentPartDefinitionRecord
        {
            Name = contentPartDefinition.Name,
            Settings = Copy(contentPartDefinition.Settings),
            ContentPartFieldDefinitionRecords = [.. contentPartDefinition.Fields.Select(field => new ContentPartFieldDefinitionRecord
            {
                Name = field.Name,
                FieldName = field.FieldDefinition.Name,
                Settings = Copy(field.Settings),
            })],
        });
    });

    public async Task<string> GetIdentifierAsync() => (await session.GetStampAsync(typeof(ContentDefinitionRecord))).ToString(CultureInfo.InvariantCulture);

    private async Task<DefinitionSet> GetAsync()
    {
        if (session.HasUncommitted(typeof(ContentDefinitionRecord)))
            return _changed ??= new DefinitionSet(await documents.LoadAsync());
        _changed = null;
        var stamp = await session.GetStampAsync(typeof(ContentDefinitionRecord));
        return await cache.GetOrReadAsync<DefinitionSet>(session.Tenant, nameof(DefinitionSet), stamp, async () => (DefinitionSet.Of(await documents.GetAsync()), 0));
    }

    private async Task ChangeAsync(Action<ContentDefinitionRecord> change)
    {
        var record = await documents.LoadAsync();
        change(record);
        await documents.SaveAsync(record);
        _changed = null;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Copy(JsonObject settings) => settings.DeepClone().AsObject();

    private static void Remove<T>(IList<T> list, Func<T, bool> match)
    {
        for (var i = list.Count - 1; i >= 0; i--)
            if (match(list[i]))
                list.RemoveAt(i);
    }

    private static void Replace<T>(IList<T> list, Func<T, bool> match, T replacement)
    {
        for (var i = 0; i < list.Count; i++)
            if (match(list[i]))
            {
                list[i] = replacement;
                return;
            }

        list.Add(replacement);
    }
}
