using System.Text.Json.Serialization;

namespace LinkShop.Commerce.Payouts;

/// <summary>Serialisation of what is encrypted, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PayeeIdentity))]
[JsonSerializable(typeof(PayoutDestination))]
internal sealed partial class PayoutJson : JsonSerializerContext;
