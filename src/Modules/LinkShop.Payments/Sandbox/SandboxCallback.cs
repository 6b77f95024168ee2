using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkShop.Payments.Sandbox;

/// <summary>The body of a sandbox callback. One of <see cref="PaymentId"/> and <see cref="OrderId"/> names the payment.</summary>
internal sealed class SandboxCallback
{
    public string? EventId { get; set; }

    public string? Type { get; set; }

    public string? PaymentId { get; set; }

    public string? OrderId { get; set; }

    /// <summary>In minor units (分, cents).</summary>
    public long? Amount { get; set; }

    public string? Currency { get; set; }

    public DateTimeOffset? OccurredAt { get; set; }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(SandboxCallback))]
internal sealed partial class SandboxJson : JsonSerializerContext;
