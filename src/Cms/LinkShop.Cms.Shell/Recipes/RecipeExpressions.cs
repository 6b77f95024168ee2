using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LinkShop.Cms.Shell.Recipes;

/// <summary>
/// Replaces texts of the form <c>[js: …]</c>: <c>uuid()</c>, <c>variables('x')</c>, <c>parameters('x')</c>. Anything else is an error that names it:
/// there is no script engine here. A variable keeps its value for the whole run.
/// </summary>
internal sealed partial class RecipeExpressions(JsonObject? variables, IDictionary<string, object> parameters)
{
    private readonly Dictionary<string, JsonNode?> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _evaluating = new(StringComparer.OrdinalIgnoreCase);

    internal JsonObject Evaluate(JsonObject step) => (JsonObject)Evaluate(step, "")!;

    private JsonNode? Evaluate(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject source:
                var copy = new JsonObject();
                foreach (var (key, value) in source) copy[key] = Evaluate(value, path.Length == 0 ? key : $"{path}.{key}");
                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select((item, i) => Evaluate(item, $"{path}[{i}]"))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && Script().Match(text) is { Success: true } script:
                return Run(script.Groups[1].Value.Trim(), path);
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Run(string expression, string path)
    {
        var call = Call().Match(expression);
        var argument = call.Groups[2].Value;
        return call.Groups[1].Value switch
        {
            "uuid" when call.Groups[2].Length == 0 => JsonValue.Create(Guid.NewGuid().ToString("n")),
            "variables" when argument.Length > 0 => Variable(argument, path),
            "parameters" when argument.Length > 0 => parameters.TryGetValue(argument, out var value)
                ? JsonValue.Create(value?.ToString())
                : throw new FormatException($"property '{path}': the parameter '{argument}' was not given."),
            _ => throw new FormatException($"property '{path}': the expression '[js:{expression}]' is not supported; only uuid(), variables('name') and parameters('name') are."),
        };
    }

    private JsonNode? Variable(string name, string path)
    {
        if (_known.TryGetValue(name, out var known)) return known?.DeepClone();
        if (variables is null || variables.FirstOrDefault(v => v.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { Key: not null } found)
            throw new FormatException($"property '{path}': the variable '{name}' is not defined.");
        if (!_evaluating.Add(name)) throw new FormatException($"property '{path}': the variable '{name}' refers to itself.");
        _known[name] = Evaluate(found.Value, "variables." + name);
        _evaluating.Remove(name);
        return _known[name]?.DeepClone();
    }

    [GeneratedRegex(@"\A\[js:(.*)\]\z", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex(@"\A(uuid|variables|parameters)\(\s*(?:['""]([^'""]*)['""])?\s*\)\s*;?\z")]
    private static partial Regex Call();
}
