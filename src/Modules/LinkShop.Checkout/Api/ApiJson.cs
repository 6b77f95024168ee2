using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkShop.Checkout.Api;

/// <summary>JSON of the API. Unknown members are refused: a misspelt "couponCode" must not silently cost the buyer the discount.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateOrderBody))]
[JsonSerializable(typeof(LookupBody))]
[JsonSerializable(typeof(CreatedOrder))]
[JsonSerializable(typeof(OrderBody))]
[JsonSerializable(typeof(OrderListBody))]
[JsonSerializable(typeof(CancelledOrder))]
internal sealed partial class ApiJson : JsonSerializerContext;
