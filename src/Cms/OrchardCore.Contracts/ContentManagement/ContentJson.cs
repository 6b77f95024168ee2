using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace LinkShop.Cms.Json;

/// <summary>The one way documents and settings become JSON: names as in .NET, case-insensitive reading, enums as names, dates in UTC.</summary>
internal static class ContentJson
{
    public static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>Leaves default values out, so that a definition says only what differs.</summary>
    public static readonly JsonSerializerOptions WithoutDefaults = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static JsonObject ToObject(object value, JsonSerializerOptions? options = null) =>
        JsonSerializer.SerializeToNode(value, value.GetType(), options ?? Options)!.AsObject();

    /// <summary>Puts <paramref name="source"/> over <paramref name="target"/>: objects member by member, everything else (arrays too) is replaced.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
            if (value is JsonObject child && target[name] is JsonObject existing)
                Merge(existing, child);
            else
                target[name] = value?.DeepClone();
        return target;
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNameCaseInsensitive = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new UtcDateTimeConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class UtcDateTimeConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = reader.GetDateTime();
            return value.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : value.ToUniversalTime();
        }

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : value.ToUniversalTime());
    }
}
