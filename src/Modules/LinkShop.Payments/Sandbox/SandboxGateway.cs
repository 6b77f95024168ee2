using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LinkShop.Commerce;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Payments.Sandbox;

/// <summary>Plays the gateway: sends signed callbacks to this server's own address, over the network like a real one.</summary>
public sealed class SandboxGateway(IHttpClientFactory clients, SandboxSecrets secrets, IServer server, TimeProvider clock)
{
    internal const string ClientName = "LinkShop.Payments.Sandbox";

    /// <summary>Sends one callback and returns the status it was answered with.</summary>
    internal async Task<HttpStatusCode> SendAsync(HttpContext context, SandboxTicket ticket, string type, int payment)
    {
        var secret = await secrets.GetAsync() ?? throw new InvalidOperationException("The sandbox has no secret.");
        var now = clock.GetUtcNow();
        var body = JsonSerializer.SerializeToUtf8Bytes(new SandboxCallback
        {
            EventId = CommerceId.New(now),
            Type = type,
            PaymentId = SandboxPaymentId.Of(ticket.OrderId, payment),
            OrderId = ticket.OrderId,
            Amount = ticket.AmountMinor,
            Currency = ticket.Currency,
            OccurredAt = now,
        }, SandboxJson.Default.SandboxCallback);

        using var request = new HttpRequestMessage(HttpMethod.Post, Address(context)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SandboxSignature.HeaderName, SandboxSignature.Create(secret, body, now));
        // A tenant can be found by its host name, which the loopback address doesn't say.
        request.Headers.Host = context.Request.Host.Value;
        using var response = await clients.CreateClient(ClientName).SendAsync(request, context.RequestAborted);
        return response.StatusCode;
    }

    private Uri Address(HttpContext context)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(a => a.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        var root = listening is null
            ? $"{context.Request.Scheme}://{context.Request.Host}"
            : listening.Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal).Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
                .Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://+", "://127.0.0.1", StringComparison.Ordinal);
        return new Uri($"{root.TrimEnd('/')}{context.Request.PathBase}/payments/{SandboxProvider.ProviderName}/callback");
    }
}
