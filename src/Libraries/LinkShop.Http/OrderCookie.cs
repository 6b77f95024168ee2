using LinkShop.Commerce;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using System.Security.Cryptography;

namespace LinkShop.Http;

/// <summary>Remembers in the buyer's browser which orders it may open.</summary>
public sealed class OrderCookie(IDataProtectionProvider protection, TenantScope scope) : TokenCookie(protection, scope, "linkshop_orders_", "LinkShop.Checkout.OrderCookie");

/// <summary>Remembers in the buyer's browser which tickets it may open.</summary>
public sealed class TicketCookie(IDataProtectionProvider protection, TenantScope scope) : TokenCookie(protection, scope, "linkshop_tickets_", "LinkShop.Support.TicketCookie");

/// <summary>
/// Remembers in a browser what it may open: an encrypted HttpOnly cookie with the access tokens of the latest ones, so
/// that tokens neither stay in the address bar nor can be read by scripts.
/// </summary>
public abstract class TokenCookie(IDataProtectionProvider protection, TenantScope scope, string prefix, string purpose)
{
    // About 100 characters each: well below what a browser keeps in one cookie.
    private const int Most = 15;
    private static readonly TimeSpan s_life = TimeSpan.FromDays(30);

    // Tenants under path prefixes share a host, and a root tenant's cookies reach them all.
    private string Name => prefix + scope.Tenant;

    /// <summary>Adds some; the oldest ones fall out.</summary>
    public void Remember(HttpContext context, params IEnumerable<(string Id, string Token)> opened)
    {
        var added = opened.ToList();
        var all = added.Concat(Read(context).Where(old => !added.Exists(o => o.Id == old.Id))).Take(Most);
        var text = string.Join('\n', all.Select(o => o.Id + " " + o.Token));
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

    /// <summary>The token of what this browser made or opened before, or null.</summary>
    public string? Find(HttpContext context, string id) =>
        Read(context).Find(o => o.Id == id).Token;

    /// <summary>All that this browser remembers, latest first.</summary>
    public IReadOnlyList<(string Id, string Token)> All(HttpContext context) => Read(context);

    /// <summary>Makes the browser forget all of it.</summary>
    public void Forget(HttpContext context) =>
        context.Response.Cookies.Delete(Name, new CookieOptions { Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/" });

    private List<(string Id, string Token)> Read(HttpContext context)
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
        protection.CreateProtector(purpose, scope.Tenant).ToTimeLimitedDataProtector();
}
