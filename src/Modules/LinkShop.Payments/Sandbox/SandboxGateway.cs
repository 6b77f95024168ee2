using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Http;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Payments.Sandbox;

/// <summary>Plays the gateway: sends signed callbacks to this server's own address, over the network like a real one.</summary>
public sealed class SandboxGateway(IHttpClientFactory clients, SandboxSecrets secrets, TimeProvider clock)
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
        request.Headers.Host = context.Request.AsciiHost().Value;
        using var response = await clients.CreateClient(ClientName).SendAsync(request, context.RequestAborted);
        return response.StatusCode;
    }

    private static Uri Address(HttpContext context)
    {
        var connection = context.Connection;
        // Where this request came in, without a proxy in front: that address is sure to be this server. With TLS here, the certificate
        // is for the host's name.
        var local = connection.LocalIpAddress is { } ip && context.Features.Get<ITlsHandshakeFeature>() is null
            ? new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, connection.LocalPort).ToString()
            : null;
        var root = local is null ? $"{context.Request.Scheme}://{context.Request.Host}" : "http://" + local;
        return new Uri($"{root}{context.Request.PathBase}/payments/{SandboxProvider.ProviderName}/callback");
    }
}
