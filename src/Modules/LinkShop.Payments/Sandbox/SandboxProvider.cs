using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Http;

namespace LinkShop.Payments.Sandbox;

/// <summary>A payment provider for demos and tests: no money moves, everything else is as with a real one.</summary>
internal sealed class SandboxProvider(SandboxSecrets secrets, SandboxTickets tickets, TimeProvider clock) : IPaymentProvider
{
    public const string ProviderName = "sandbox";

    private static readonly PaymentCallbackReply s_success = new(200, "text/plain; charset=utf-8", "success");

    public string Name => ProviderName;

    public string DisplayName => "Sandbox (no real money)";

    public bool IsSandbox => true;

    public PaymentCallbackReply SuccessReply => s_success;

    public async ValueTask<bool> IsUsableAsync(CancellationToken cancellationToken = default) => await secrets.GetAsync() is not null;

    public async Task<CommerceResult<PaymentStart>> StartAsync(PaymentRequest request, CancellationToken cancellationToken = default)
    {
        if (!await IsUsableAsync(cancellationToken))
        {
            return NotUsable();
        }

        var paymentId = SandboxPaymentId.Of(request.OrderId);
        return new PaymentStart($"payments/sandbox/{paymentId}?ticket={tickets.Create(request)}");
    }

    public async Task<CommerceResult<PaymentEvent>> ParseCallbackAsync(PaymentCallback callback, CancellationToken cancellationToken = default)
    {
        if (await secrets.GetAsync() is not { } secret)
        {
            return NotUsable();
        }

        callback.Headers.TryGetValue(SandboxSignature.HeaderName, out var header);
        return SandboxSignature.Check(header, secret, callback.Body.Span, clock.GetUtcNow()) switch
        {
            SignatureCheck.Valid => Read(callback.Body.Span),
            SignatureCheck.Stale => new CommerceError(CommerceErrors.StaleSignature, $"The signed time is more than {SandboxSignature.ToleranceSeconds} seconds away.", SandboxSignature.HeaderName),
            SignatureCheck.Missing => new CommerceError(CommerceErrors.BadSignature, "The signature is missing.", SandboxSignature.HeaderName),
            SignatureCheck.Malformed => new CommerceError(CommerceErrors.BadSignature, "The signature must be t=unix,v1=hex.", SandboxSignature.HeaderName),
            _ => new CommerceError(CommerceErrors.BadSignature, "The signature is wrong.", SandboxSignature.HeaderName),
        };
    }

    public PaymentCallbackReply FailureReply(CommerceError error) =>
        new(Problems.StatusOf(error.Code), Problems.ContentType, Problems.ToJson(error));

    public Task<CommerceResult<PaymentEvent?>> RefundAsync(RefundRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<CommerceResult<PaymentEvent?>>(new PaymentEvent
        {
            Provider = Name,
            EventId = "refund-" + request.RefundId,
            RefundId = request.RefundId,
            PaymentId = request.PaymentId,
            OrderId = request.OrderId,
            Kind = PaymentEventKind.Refunded,
            Amount = request.Amount,
            OccurredAt = clock.GetUtcNow(),
        });

    private CommerceResult<PaymentEvent> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return SandboxCallbackReader.Read(json, clock.GetUtcNow());
        }
        catch (JsonException e)
        {
            return Problems.FromJson(e);
        }
    }

    private static CommerceError NotUsable() =>
        new(CommerceErrors.ProviderNotUsable, "The sandbox has no secret yet: set one in the admin under Payments.");
}
