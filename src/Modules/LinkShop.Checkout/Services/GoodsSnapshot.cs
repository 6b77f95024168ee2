using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Http;

namespace LinkShop.Checkout.Services;

/// <summary>What an offer or an order line kept of its product: names in several languages and the picture.</summary>
internal sealed class GoodsSnapshot
{
    private static readonly GoodsSnapshot s_empty = new();

    public string? Picture { get; set; }

    /// <summary>Path of the product's page, without a slash at its start.</summary>
    public string? Path { get; set; }

    public Dictionary<string, string>? Titles { get; set; }

    public Dictionary<string, string>? Variants { get; set; }

    public Dictionary<string, string>? Summaries { get; set; }

    /// <summary>What was agreed to when ordering, a text or one for each culture; products that have no terms leave it out.</summary>
    public JsonElement Terms { get; set; }

    /// <summary>Labels of what buyers had to tell, by field and culture.</summary>
    public Dictionary<string, Dictionary<string, string>>? Fields { get; set; }

    public static GoodsSnapshot Of(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SnapshotJson.Default.GoodsSnapshot) ?? s_empty;
        }
        catch (JsonException)
        {
            // An old order is shown by the names on its line.
            return s_empty;
        }
    }

    /// <summary>Name of a line in a language, with its variant and the number that the buyer picked.</summary>
    public static string NameOf(OrderLineView line, CultureInfo culture)
    {
        var name = GoodsNames.Of(line.SnapshotJson, line.Title, line.Variant, culture);
        return line.Number is null ? name : $"{name} · {line.Number}";
    }

    /// <summary>What a field was called when it was asked for.</summary>
    public string LabelOf(string field, CultureInfo culture) => Fields?.GetValueOrDefault(field) is { } labels ? GoodsNames.Pick(labels, culture, field) : field;

    public string TitleOf(Offer offer, CultureInfo culture) => GoodsNames.Pick(Titles, culture, offer.Title);

    public string VariantOf(Offer offer, CultureInfo culture) => GoodsNames.Pick(Variants, culture, offer.Variant);

    public string SummaryIn(CultureInfo culture) => GoodsNames.Pick(Summaries, culture, Summaries?.GetValueOrDefault("") ?? "");

    public string TermsIn(CultureInfo culture) => Terms.ValueKind switch
    {
        JsonValueKind.String => Terms.GetString()!,
        JsonValueKind.Object => GoodsNames.Pick(Terms.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.ToString()), culture, Terms.TryGetProperty("", out var plain) ? plain.ToString() : ""),
        _ => "",
    };
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GoodsSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
