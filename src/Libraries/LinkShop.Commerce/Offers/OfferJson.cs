using System.Text.Json.Serialization;

namespace LinkShop.Commerce.Offers;

/// <summary>Serialisation of stored offers without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Offer))]
internal sealed partial class OfferJson : JsonSerializerContext;
