using System.Text.Json.Serialization;

namespace LinkShop.Commerce.Coupons;

/// <summary>Serialisation of stored coupons without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Coupon))]
internal sealed partial class CouponJson : JsonSerializerContext;
