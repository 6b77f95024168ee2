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
        Store(context, added.Concat(All(context).Where(old => !added.Exists(o => o.Id == old.Id))), s_life);
    }

    /// <summary>The token of what this browser made or opened before, or null.</summary>
    public string? Find(HttpContext context, string id) => All(context).FirstOrDefault(o => o.Id == id).Token;

    /// <summary>All that this browser remembers, latest first.</summary>
    public IReadOnlyList<(string Id, string Token)> All(HttpContext context) => Read(context).Entries;

    /// <summary>Makes the browser forget all of it.</summary>
    public void Forget(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, new CookieOptions { Path = PathOf(context) });
        context.Items[(typeof(TokenCookie), Name)] = Kept.Nothing;
    }

    /// <summary>Stores this and nothing else.</summary>
    /// <param name="context">The request.</param>
    /// <param name="entries">Latest first; those beyond what a cookie holds are left out.</param>
    /// <param name="life">For how long from now; null for as long as what is stored now would still live.</param>
    protected void Store(HttpContext context, IEnumerable<(string Id, string Token)> entries, TimeSpan? life)
    {
        var until = life is { } given ? DateTimeOffset.UtcNow + given : Read(context).Until;
        var kept = new Kept([.. entries.Take(Most)], until);
        var text = string.Join('\n', kept.Entries.Select(o => o.Id + " " + o.Token));
        context.Response.Cookies.Append(Name, Protector().Protect(text, until), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Secure = context.Request.IsHttps,
            // Lax, not Strict: the buyer comes back from the payment provider's page by a link.
            SameSite = SameSiteMode.Lax,
            Path = PathOf(context),
            MaxAge = until - DateTimeOffset.UtcNow,
        });
        context.Items[(typeof(TokenCookie), Name)] = kept;
    }

    // read once a request: several parts of a page ask for several of its entries
    private Kept Read(HttpContext context)
    {
        if (context.Items.TryGetValue((typeof(TokenCookie), Name), out var known) && known is Kept kept)
        {
            return kept;
        }

        var read = Unprotect(context);
        context.Items[(typeof(TokenCookie), Name)] = read;
        return read;
    }

    private Kept Unprotect(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(Name, out var value) || value.Length > 8192)
        {
            return Kept.Nothing;
        }

        try
        {
            var text = Protector().Unprotect(value, out var until);
            return new Kept([.. text.Split('\n').Select(line => line.Split(' ')).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))], until);
        }
        catch (CryptographicException)
        {
            // Expired, forged or from before a key was lost: the buyer uses the lookup password.
            return Kept.Nothing;
        }
    }

    private static string PathOf(HttpContext context) => context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/";

    private ITimeLimitedDataProtector Protector() =>
        protection.CreateProtector(purpose, scope.Tenant).ToTimeLimitedDataProtector();

    private sealed record Kept(IReadOnlyList<(string Id, string Token)> Entries, DateTimeOffset Until)
    {
        public static readonly Kept Nothing = new([], DateTimeOffset.MinValue);
    }
}
