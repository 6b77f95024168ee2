using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrchardCore.Recipes.Models;

namespace LinkShop.Cms.Shell.Recipes;

/// <summary>
/// Says on which line of a recipe a fault is. Steps name the place of a fault as a path within them before the first colon (<c>plans[0].rates[1].payee: …</c>), in whatever letters; what isn't in the file
/// is looked for at what would hold it. Read only when something is wrong.
/// </summary>
internal sealed partial class RecipeLines
{
    private readonly Dictionary<string, long> _lines = new(StringComparer.OrdinalIgnoreCase);

    private RecipeLines(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var (line, counted) = (1L, 0L);
        // for each open object or list its path, and how many of a list's values there were; -1 for an object
        var open = new Stack<(string Path, int Values)>();
        var property = "";
        while (reader.Read())
        {
            for (; counted < reader.TokenStartIndex; counted++)
                line += json[counted] == (byte)'\n' ? 1 : 0;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                property = Join(open.Peek().Path, reader.GetString()!);
                _lines.TryAdd(property, line);
                continue;
            }
            var path = property;
            if (open.TryPeek(out var list) && list.Values >= 0)
            {
                open.Pop();
                open.Push((list.Path, list.Values + 1));
                _lines.TryAdd(path = $"{list.Path}[{list.Values}]", line);
            }
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }
    }

    internal static RecipeLines Read(RecipeDescriptor descriptor)
    {
        using var stream = descriptor.RecipeFileInfo!.CreateReadStream();
        using var text = new StreamReader(stream, Encoding.UTF8);
        return new(Encoding.UTF8.GetBytes(text.ReadToEnd()));
    }

    /// <summary>The line that an error of a step is about; the step's own where the error names no place.</summary>
    internal long Of(int step, string error)
    {
        var root = $"steps[{step}]";
        var places = Place().Matches(error.Split(": ", 2)[0]).Select(m => m.Value).OrderByDescending(p => p.Length);
        foreach (var place in places)
        {
            for (var path = place; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))])
            {
                if (_lines.TryGetValue(Join(root, path), out var line))
                    return line;
            }
        }
        return _lines.GetValueOrDefault(root, 1);
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    [GeneratedRegex(@"\w+(?:\[\d+\])*(?:\.\w+(?:\[\d+\])*)*")]
    private static partial Regex Place();
}
