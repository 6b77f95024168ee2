using System.Text.Json.Serialization;

namespace LinkShop.Commerce.Ordering;

/// <summary>Serialisation of what ordering stores as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrderReceipt))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class OrderJson : JsonSerializerContext;
