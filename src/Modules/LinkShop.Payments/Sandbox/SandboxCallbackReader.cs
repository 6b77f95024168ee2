using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;

namespace LinkShop.Payments.Sandbox;

/// <summary>Makes an event of a signed callback's body.</summary>
internal static class SandboxCallbackReader
{
    /// <exception cref="JsonException">The text isn't JSON, or has another shape.</exception>
    public static CommerceResult<PaymentEvent> Read(ReadOnlySpan<byte> json, DateTimeOffset now)
    {
        var body = JsonSerializer.Deserialize(json, SandboxJson.Default.SandboxCallback);
        if (body is null)
        {
            return Missing("body");
        }

        if (string.IsNullOrEmpty(body.EventId))
        {
            return Missing("eventId");
        }

        if (KindOf(body.Type) is not { } kind)
        {
            return new CommerceError(CommerceErrors.Invalid, "The type must be paid, failed, refunded, disputed, dispute_won or dispute_lost.", "type");
        }

        if (body.OrderId is null && body.PaymentId is null)
        {
            return Missing("orderId");
        }

        if (body.Amount is not { } amount)
        {
            return Missing("amount");
        }

        if (body.Currency is not { Length: 3 } currency)
        {
            return new CommerceError(CommerceErrors.Invalid, "The currency must be an ISO 4217 code.", "currency");
        }

        // Either id leads to the other: a script needs only the order's.
        if ((body.OrderId ?? SandboxPaymentId.OrderOf(body.PaymentId!)) is not { } orderId)
        {
            return new CommerceError(CommerceErrors.UnknownOrder, "No order belongs to this payment id.", "paymentId");
        }

        return new PaymentEvent
        {
            Provider = SandboxProvider.ProviderName,
            EventId = body.EventId,
            PaymentId = body.PaymentId ?? SandboxPaymentId.Of(orderId),
            OrderId = orderId,
            Kind = kind,
            Amount = new Money(amount, currency),
            OccurredAt = body.OccurredAt ?? now,
        };
    }

    private static PaymentEventKind? KindOf(string? type) => type switch
    {
        "paid" => PaymentEventKind.Paid,
        "failed" => PaymentEventKind.Failed,
        "refunded" => PaymentEventKind.Refunded,
        "disputed" => PaymentEventKind.Disputed,
        "dispute_won" => PaymentEventKind.DisputeWon,
        "dispute_lost" => PaymentEventKind.DisputeLost,
        _ => null,
    };

    private static CommerceError Missing(string field) => new(CommerceErrors.Required, $"The member '{field}' is missing.", field);
}

/// <summary>The sandbox's payment ids carry the order's id: <c>sb_{orderId}</c>, and <c>sb_{orderId}_2</c> for a second payment of the same order.</summary>
internal static class SandboxPaymentId
{
    private const string Prefix = "sb_";

    public static string Of(string orderId, int number = 1) => number == 1 ? Prefix + orderId : $"{Prefix}{orderId}_{number}";

    public static string? OrderOf(string paymentId)
    {
        if (!paymentId.StartsWith(Prefix, StringComparison.Ordinal) || paymentId.Length < Prefix.Length + CommerceId.Length)
        {
            return null;
        }

        var orderId = paymentId.Substring(Prefix.Length, CommerceId.Length);
        var rest = paymentId.AsSpan(Prefix.Length + CommerceId.Length);
        return CommerceId.IsWellFormed(orderId) && (rest.IsEmpty || rest[0] == '_') ? orderId : null;
    }
}
