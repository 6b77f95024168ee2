using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkShop.Http;

/// <summary>Names of goods in the reader's language, from what an offer or an order line kept of its product.</summary>
public static class GoodsNames
{
    /// <summary>The name of a product, with the variant's when it has one.</summary>
    /// <param name="snapshotJson">What was kept; of an old order it may be anything.</param>
    /// <param name="title">The name when there is none in the language.</param>
    /// <param name="variant">The variant's name when there is none in the language; may be empty.</param>
    /// <param name="culture">The language.</param>
    public static string Of(string snapshotJson, string title, string variant, CultureInfo culture)
    {
        var kept = Read(snapshotJson);
        var (name, kind) = (Pick(kept?.Titles, culture, title), Pick(kept?.Variants, culture, variant));
        return kind.Length == 0 ? name : $"{name} · {kind}";
    }

    /// <summary>The same without the variant.</summary>
    public static string TitleOf(string snapshotJson, string title, CultureInfo culture) => Pick(Read(snapshotJson)?.Titles, culture, title);

    /// <summary>The text for a culture or the nearest above it (<c>zh-CN</c>, <c>zh-Hans</c>, <c>zh</c>), else another.</summary>
    public static string Pick(IReadOnlyDictionary<string, string>? texts, CultureInfo culture, string otherwise)
    {
        for (var c = culture; texts is not null && c.Name.Length > 0; c = c.Parent)
        {
            if (texts.TryGetValue(c.Name, out var text) && text.Length > 0)
                return text;
        }

        return otherwise;
    }

    private static KeptNames? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, KeptNamesJson.Default.KeptNames);
        }
        catch (JsonException)
        {
            // the names on the line are there too
            return null;
        }
    }
}

/// <summary>The part of a snapshot that is names, by culture.</summary>
internal sealed record KeptNames(Dictionary<string, string>? Titles, Dictionary<string, string>? Variants);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeptNames))]
internal sealed partial class KeptNamesJson : JsonSerializerContext;
