using LinkShop.Commerce;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using System.Security.Cryptography;

namespace LinkShop.Checkout.Services;

/// <summary>
/// Remembers in the buyer's browser which orders it may open: an encrypted HttpOnly cookie with the access tokens of the latest orders, so
/// that tokens neither stay in the address bar nor can be read by scripts.
/// </summary>
public sealed class OrderCookie(IDataProtectionProvider protection, TenantScope scope)
{
    // About 100 characters each: well below what a browser keeps in one cookie.
    private const int MaxOrders = 15;
    private static readonly TimeSpan s_life = TimeSpan.FromDays(30);

    // Tenants under path prefixes share a host, and a root tenant's cookies reach them all.
    private string Name => "linkshop_orders_" + scope.Tenant;

    /// <summary>Adds orders; the oldest ones fall out.</summary>
    public void Remember(HttpContext context, params IEnumerable<(string OrderId, string Token)> orders)
    {
        var added = orders.ToList();
        var all = added.Concat(Read(context).Where(old => !added.Exists(o => o.OrderId == old.OrderId))).Take(MaxOrders);
        var text = string.Join('\n', all.Select(o => o.OrderId + " " + o.Token));
        context.Response.Cookies.Append(Name, Protector().Protect(text, s_life), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Secure = context.Request.IsHttps,
            // Lax, not Strict: the buyer comes back from the payment provider's page by a link.
            SameSite = SameSiteMode.Lax,
            Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
            MaxAge = s_life,
        });
    }

    /// <summary>The token of an order this browser made or opened before, or null.</summary>
    public string? Find(HttpContext context, string orderId) =>
        Read(context).Find(o => o.OrderId == orderId).Token;

    private List<(string OrderId, string Token)> Read(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Name, out var value) || value.Length > 8192)
        {
            return [];
        }

        try
        {
            return Protector().Unprotect(value).Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length == 2)
                .Select(parts => (parts[0], parts[1])).ToList();
        }
        catch (CryptographicException)
        {
            // Expired, forged or from before a key was lost: the buyer uses the lookup password.
            return [];
        }
    }

    private ITimeLimitedDataProtector Protector() =>
        protection.CreateProtector("LinkShop.Checkout.OrderCookie", scope.Tenant).ToTimeLimitedDataProtector();
}
