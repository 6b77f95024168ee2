using System.Text.Json;
using System.Text.Json.Nodes;
using OrchardCore.Recipes.Models;

namespace LinkShop.Cms.Shell.Recipes;

/// <summary>A parsed recipe file. Its errors name the file, the line and the step.</summary>
internal sealed class RecipeDocument
{
    private static readonly JsonDocumentOptions _json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly Lazy<RecipeLines>? _lines;

    private RecipeDocument(string file, JsonObject root, RecipeDescriptor? descriptor)
    {
        File = file;
        Root = root;
        _lines = descriptor is null ? null : new(() => RecipeLines.Read(descriptor));
    }

    internal string File { get; }

    internal JsonObject Root { get; }

    internal static RecipeDocument Load(RecipeDescriptor descriptor)
    {
        var file = descriptor.RecipeFileInfo ?? throw new ArgumentException("The recipe has no file.", nameof(descriptor));
        using var stream = file.CreateReadStream();
        return Parse(stream, file.Name, descriptor);
    }

    internal static RecipeDocument Parse(Stream stream, string file, RecipeDescriptor? descriptor = null)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(stream, documentOptions: _json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{file}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {e.Message.Split(" LineNumber:")[0]}", e);
        }
        return node is JsonObject root ? new(file, root, descriptor) : throw new FormatException($"{file}: a recipe must be an object.");
    }

    /// <summary>Where a fault of a step is: file, line, step.</summary>
    /// <param name="step">Its place, from 0.</param>
    /// <param name="error">What is wrong, beginning with the path within the step; empty for the step as a whole.</param>
    internal string Place(int step, string name, string error = "") => $"{File}{(_lines is null ? "" : $", line {_lines.Value.Of(step, error)}")}, step {step + 1} '{name}'";

    internal IReadOnlyList<(string Name, JsonObject Step)> ReadSteps()
    {
        if (Root["steps"] is not JsonArray steps) throw new FormatException($"{File}: the property 'steps' must be an array.");
        var result = new List<(string, JsonObject)>();
        foreach (var node in steps)
        {
            var number = result.Count + 1;
            if (node is not JsonObject step) throw new FormatException($"{File}, step {number}: must be an object.");
            if (step["name"] is not JsonValue value || !value.TryGetValue<string>(out var name) || string.IsNullOrWhiteSpace(name))
                throw new FormatException($"{File}, step {number}: the property 'name' is missing.");
            result.Add((name, step));
        }
        return result;
    }

    internal RecipeDescriptor Describe(RecipeDescriptor descriptor)
    {
        descriptor.Name = Text("name") ?? descriptor.Name;
        descriptor.DisplayName = Text("displayName") ?? descriptor.Name;
        descriptor.Description = Text("description");
        descriptor.Author = Text("author");
        descriptor.WebSite = Text("website");
        descriptor.Version = Text("version");
        descriptor.IsSetupRecipe = Find("issetuprecipe") is JsonValue setup && setup.TryGetValue<bool>(out var flag) && flag;
        descriptor.Categories = Texts("categories");
        descriptor.Tags = Texts("tags");
        return descriptor;
    }

    // genuine recipes spell it both ways: issetuprecipe, isSetupRecipe
    private JsonNode? Find(string name) => Root.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private string? Text(string name) => Find(name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private string[] Texts(string name) => Find(name) is JsonArray array ? [.. array.OfType<JsonValue>().Select(v => v.ToString())] : [];
}
