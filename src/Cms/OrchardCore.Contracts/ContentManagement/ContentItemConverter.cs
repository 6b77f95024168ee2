using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OrchardCore.ContentManagement;

/// <summary>Reads and writes a content item as one flat JSON object: its own members first, then its parts by name.</summary>
public class ContentItemConverter : JsonConverter<ContentItem>
{
    /// <inheritdoc/>
    public override ContentItem Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A content item must be a JSON object.");
        var item = new ContentItem();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            try
            {
                if (!ReadMember(ref reader, name, item))
                    item.Data[name] = JsonNode.Parse(ref reader);
            }
            catch (Exception error) when (error is InvalidOperationException or FormatException)
            {
                throw new JsonException($"The value of {name} is not valid: {error.Message}", name, null, null, error);
            }
        }

        return item;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ContentItem value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(ContentItem.ContentItemId), value.ContentItemId);
        writer.WriteString(nameof(ContentItem.ContentItemVersionId), value.ContentItemVersionId);
        writer.WriteString(nameof(ContentItem.ContentType), value.ContentType);
        writer.WriteString(nameof(ContentItem.DisplayText), value.DisplayText);
        writer.WriteBoolean(nameof(ContentItem.Latest), value.Latest);
        writer.WriteBoolean(nameof(ContentItem.Published), value.Published);
        WriteDate(writer, nameof(ContentItem.ModifiedUtc), value.ModifiedUtc);
        WriteDate(writer, nameof(ContentItem.PublishedUtc), value.PublishedUtc);
        WriteDate(writer, nameof(ContentItem.CreatedUtc), value.CreatedUtc);
        writer.WriteString(nameof(ContentItem.Owner), value.Owner);
        writer.WriteString(nameof(ContentItem.Author), value.Author);
        foreach (var (name, node) in value.Data)
        {
            writer.WritePropertyName(name);
            if (node is null)
                writer.WriteNullValue();
            else
                node.WriteTo(writer, options);
        }

        writer.WriteEndObject();
    }

    private static bool ReadMember(ref Utf8JsonReader reader, string name, ContentItem item)
    {
        switch (name)
        {
            case nameof(ContentItem.Id): item.Id = reader.GetInt64(); break;
            case nameof(ContentItem.ContentItemId): item.ContentItemId = reader.GetString()!; break;
            case nameof(ContentItem.ContentItemVersionId): item.ContentItemVersionId = reader.GetString()!; break;
            case nameof(ContentItem.ContentType): item.ContentType = reader.GetString()!; break;
            case nameof(ContentItem.DisplayText): item.DisplayText = reader.GetString(); break;
            case nameof(ContentItem.Latest): item.Latest = reader.GetBoolean(); break;
            case nameof(ContentItem.Published): item.Published = reader.GetBoolean(); break;
            case nameof(ContentItem.ModifiedUtc): item.ModifiedUtc = ReadDate(ref reader); break;
            case nameof(ContentItem.PublishedUtc): item.PublishedUtc = ReadDate(ref reader); break;
            case nameof(ContentItem.CreatedUtc): item.CreatedUtc = ReadDate(ref reader); break;
            case nameof(ContentItem.Owner): item.Owner = reader.GetString(); break;
            case nameof(ContentItem.Author): item.Author = reader.GetString(); break;
            default: return false;
        }

        return true;
    }

    private static DateTime? ReadDate(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        var date = reader.GetDateTime();
        return date.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(date, DateTimeKind.Utc) : date.ToUniversalTime();
    }

    private static void WriteDate(Utf8JsonWriter writer, string name, DateTime? value)
    {
        if (value is { } date)
            writer.WriteString(name, date.Kind == DateTimeKind.Local ? date.ToUniversalTime() : DateTime.SpecifyKind(date, DateTimeKind.Utc));
        else
            writer.WriteNull(name);
    }
}
