using System.Security.Cryptography;
using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using Microsoft.AspNetCore.DataProtection;

namespace LinkShop.Payments.Sandbox;

/// <summary>What the sandbox's pay page has to know, as a real gateway would keep it for a begun payment.</summary>
public sealed record SandboxTicket(string OrderId, string Number, string Title, long AmountMinor, string Currency, DateTimeOffset ExpiresAt, string ReturnUrl);

/// <summary>Begun payments travel in the pay page's address, encrypted: the sandbox stores nothing.</summary>
public sealed class SandboxTickets(IDataProtectionProvider protection, TenantScope scope)
{
    // Long enough to try a late payment.
    private static readonly TimeSpan s_life = TimeSpan.FromDays(2);

    /// <summary>The ticket of a payment.</summary>
    public string Create(PaymentRequest request) => Protector().Protect(
        JsonSerializer.Serialize(new SandboxTicket(
            request.OrderId, request.Number, request.Title, request.Amount.Minor, request.Amount.Currency, request.ExpiresAt, request.ReturnUrl)), s_life);

    /// <summary>Reads a ticket; null when it's forged, too old or another payment's.</summary>
    public SandboxTicket? Read(string? text, string paymentId)
    {
        try
        {
            var ticket = string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<SandboxTicket>(Protector().Unprotect(text));
            return ticket is not null && SandboxPaymentId.OrderOf(paymentId) == ticket.OrderId ? ticket : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector() =>
        protection.CreateProtector("LinkShop.Payments.SandboxTicket", scope.Tenant).ToTimeLimitedDataProtector();
}
