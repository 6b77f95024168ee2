using System.Collections.Concurrent;
using System.Text.Json;
using LinkShop.Cms.Json;

namespace LinkShop.Cms.Content.Data;

/// <summary>The stored names of document types, and their JSON.</summary>
internal static class DocumentTypes
{
    private static readonly ConcurrentDictionary<string, Type?> Types = [];

    public static string Name(Type type) => type.FullName!;

    /// <summary>The type stored under a name; <paramref name="expected"/> when no loaded assembly has it.</summary>
    public static Type Resolve(string name, Type expected)
    {
        if (Name(expected) == name)
            return expected;
        var type = Types.GetOrAdd(name, static name => AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null));
        return type is not null && expected.IsAssignableFrom(type) ? type : expected;
    }

    public static string Serialize(object document) => JsonSerializer.Serialize(document, document.GetType(), ContentJson.Options);

    public static object Deserialize(string content, Type type) =>
        JsonSerializer.Deserialize(content, type, ContentJson.Options) ?? throw new InvalidOperationException($"A stored {type.Name} is empty.");
}
