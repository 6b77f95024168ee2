using OrchardCore.ContentManagement.Metadata.Builders;
using OrchardCore.ContentManagement.Metadata.Models;

namespace OrchardCore.ContentManagement.Metadata;

/// <summary>The content types and parts of the current tenant.</summary>
public interface IContentDefinitionManager
{
    /// <summary>All types, read for changing them.</summary>
    Task<IEnumerable<ContentTypeDefinition>> LoadTypeDefinitionsAsync();

    /// <summary>All types.</summary>
    Task<IEnumerable<ContentTypeDefinition>> ListTypeDefinitionsAsync();

    /// <summary>All parts, read for changing them.</summary>
    Task<IEnumerable<ContentPartDefinition>> LoadPartDefinitionsAsync();

    /// <summary>All parts.</summary>
    Task<IEnumerable<ContentPartDefinition>> ListPartDefinitionsAsync();

    /// <summary>A type read for changing it, or null.</summary>
    Task<ContentTypeDefinition?> LoadTypeDefinitionAsync(string name);

    /// <summary>A type, or null.</summary>
    Task<ContentTypeDefinition?> GetTypeDefinitionAsync(string name);

    /// <summary>A part read for changing it, or null.</summary>
    Task<ContentPartDefinition?> LoadPartDefinitionAsync(string name);

    /// <summary>A part, or null.</summary>
    Task<ContentPartDefinition?> GetPartDefinitionAsync(string name);

    /// <summary>Deletes a type; its items stay.</summary>
    Task DeleteTypeDefinitionAsync(string name);

    /// <summary>Deletes a part and removes it from all types.</summary>
    Task DeletePartDefinitionAsync(string name);

    /// <summary>Stores a type.</summary>
    Task StoreTypeDefinitionAsync(ContentTypeDefinition contentTypeDefinition);

    /// <summary>Stores a part.</summary>
    Task StorePartDefinitionAsync(ContentPartDefinition contentPartDefinition);

    /// <summary>Text that changes whenever a definition does.</summary>
    Task<string> GetIdentifierAsync();
}

/// <summary>Changes definitions.</summary>
public static class ContentDefinitionManagerExtensions
{
    /// <summary>Creates or changes a type.</summary>
    public static async Task AlterTypeDefinitionAsync(this IContentDefinitionManager manager, string name, Action<ContentTypeDefinitionBuilder> alteration)
    {
        var builder = new ContentTypeDefinitionBuilder(await manager.LoadTypeDefinitionAsync(name) ?? new(name, Words(name)));
        alteration(builder);
        await manager.StoreTypeDefinitionAsync(builder.Build());
    }

    /// <summary>Creates or changes a type.</summary>
    public static async Task AlterTypeDefinitionAsync(this IContentDefinitionManager manager, string name, Func<ContentTypeDefinitionBuilder, Task> alterationAsync)
    {
        var builder = new ContentTypeDefinitionBuilder(await manager.LoadTypeDefinitionAsync(name) ?? new(name, Words(name)));
        await alterationAsync(builder);
        await manager.StoreTypeDefinitionAsync(builder.Build());
    }

    /// <summary>Creates or changes a part.</summary>
    public static async Task AlterPartDefinitionAsync(this IContentDefinitionManager manager, string name, Action<ContentPartDefinitionBuilder> alteration)
    {
        var builder = new ContentPartDefinitionBuilder(await manager.LoadPartDefinitionAsync(name) ?? new(name));
        alteration(builder);
        await manager.StorePartDefinitionAsync(builder.Build());
    }

    /// <summary>"GameCard" as people read it: "Game Card".</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) && !char.IsUpper(name[index - 1]) ? " " + letter : letter.ToString()));
}
