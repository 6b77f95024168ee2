using System.Collections.Concurrent;

namespace OrchardCore.ContentManagement.Display.ContentDisplay;

/// <summary>Template names of parts and fields; made once per combination of names, since every page asks for the same ones.</summary>
internal static class Alternates
{
    private static readonly ConcurrentDictionary<(string Shape, string Display, string Type, string Part, string Name), string[]> _parts = new();
    private static readonly ConcurrentDictionary<(string Shape, string? Display, string Type, string Part, string Name, string Field, string Kind, string? Mode), string[]> _fields = new();

    public static string[] OfPart(string shapeType, string? displayType, string contentType, string partType, string partName, bool isOwnShape) =>
        _parts.GetOrAdd((isOwnShape ? shapeType : "!" + shapeType, displayType ?? "", contentType, partType, partName), key =>
        {
            var names = new List<string> { $"{shapeType}_{key.Display}" };
            var suffix = isOwnShape ? "" : "__" + shapeType;
            // An editor must not end up in a template made for showing.
            string[] displays = key.Display == "Edit" ? ["_Edit"] : ["", "_" + key.Display];
            foreach (var display in displays)
            {
                if (!isOwnShape || partType != partName)
                    names.Add($"{partType}{display}{(isOwnShape ? "__" + partName : suffix)}");

                names.Add($"{contentType}{display}__{partType}{suffix}");
                if (partType != partName)
                    names.Add($"{contentType}{display}__{partName}{suffix}");
            }

            return [.. names];
        });

    public static string[] OfField(string shapeType, string? displayType, string contentType, string partType, string partName, string fieldName, string fieldType, string? mode) =>
        _fields.GetOrAdd((shapeType, displayType, contentType, partType, partName, fieldName, fieldType, mode), static key =>
        {
            var names = new List<string> { $"{key.Shape}_{key.Display}" };
            var own = key.Shape == key.Kind;
            if (!own && key.Mode is { Length: > 0 })
                names.Add($"{key.Kind}_{key.Display}__{key.Mode}_Display");

            foreach (var type in new[] { "", "_" + key.Display })
            {
                var display = type;
                var suffix = own ? "" : "__" + key.Shape;
                if (!own && key.Mode is { Length: > 0 })
                {
                    suffix = $"__{key.Kind}__{key.Mode}" + (type.Length == 0 ? "" : "_Display");
                    display = type.Length == 0 ? "_Display" : type;
                }

                if (!own)
                    names.Add($"{key.Kind}{display}{suffix}");

                names.Add($"{key.Part}{display}__{key.Field}{suffix}");
                names.Add($"{key.Type}{display}__{key.Kind}{suffix}");
                names.Add($"{key.Type}{display}__{key.Name}__{key.Field}{suffix}");
            }

            return [.. names];
        });
}
