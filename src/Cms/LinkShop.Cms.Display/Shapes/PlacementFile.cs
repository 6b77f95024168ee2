using System.Text.Json;
using LinkShop.Cms.Shell.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Descriptors;

namespace LinkShop.Cms.Display.Shapes;

/// <summary>Reads a module's or theme's <c>placement.json</c>: shape type → rules; of those that match, the last one wins.</summary>
internal static class PlacementFile
{
    private static readonly JsonDocumentOptions _options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static void Apply(ModuleEntry module, ShapeTableBuilder builder, IServiceProvider services)
    {
        var file = module.GetFile("placement.json");
        if (!file.Exists)
            return;

        using var stream = file.CreateReadStream();
        using var json = Parse(stream, module.Id);
        foreach (var shape in json.RootElement.EnumerateObject())
        {
            foreach (var rule in shape.Value.EnumerateArray())
            {
                var matches = Condition(rule, services.GetRequiredService<IHttpContextAccessor>());
                var placement = Read(rule, $"{module.Id}/placement.json");
                builder.Describe(shape.Name).Placement(context => matches(context) ? placement : null);
            }
        }
    }

    private static JsonDocument Parse(Stream stream, string moduleId)
    {
        try
        {
            return JsonDocument.Parse(stream, _options);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{moduleId}/placement.json is no valid JSON: {e.Message}", e);
        }
    }

    private static PlacementInfo Read(JsonElement rule, string source) => new()
    {
        Location = Text(rule, "place"),
        ShapeType = Text(rule, "shape"),
        Alternates = List(rule, "alternates") is { Length: > 0 } alternates ? new(alternates) : null,
        Wrappers = List(rule, "wrappers") is { Length: > 0 } wrappers ? new(wrappers) : null,
        Source = source,
    };

    private static Func<ShapePlacementContext, bool> Condition(JsonElement rule, IHttpContextAccessor http)
    {
        var displayType = Text(rule, "displayType");
        var differentiator = Text(rule, "differentiator");
        var contentTypes = List(rule, "contentType");
        var contentParts = List(rule, "contentPart");
        var paths = List(rule, "path");
        return context =>
            (displayType is null || Like(context.DisplayType, displayType))
            && (differentiator is null || string.Equals(context.Differentiator, differentiator, StringComparison.OrdinalIgnoreCase))
            && (contentTypes.Length == 0 || Item(context) is { } item && contentTypes.Any(type => Like(item.ContentType, type)))
            && (contentParts.Length == 0 || Item(context) is { } owner && contentParts.Any(owner.Has))
            && (paths.Length == 0 || paths.Any(path => Like(http.HttpContext?.Request.Path.Value?.TrimEnd('/'), path.TrimStart('~').TrimEnd('/'))));
    }

    private static ContentItem? Item(ShapePlacementContext context) => context.ZoneShape?.GetProperty<ContentItem>("ContentItem");

    private static bool Like(string? value, string pattern) => pattern.EndsWith('*')
        ? value is not null && value.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(value ?? "", pattern, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement rule, string name) => rule.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] List(JsonElement rule, string name) => !rule.TryGetProperty(name, out var value)
        ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];
}
