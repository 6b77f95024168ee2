using LinkShop.Commerce;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Platform.Services;

/// <summary>Which banners somebody has put away: in their browser, so that a page costs no look at the database.</summary>
public sealed class SeenAnnouncements(TenantScope scope)
{
    private const int Most = 20;

    private string Name => "linkshop_seen_" + scope.Tenant;

    /// <summary>Their ids.</summary>
    public IReadOnlyList<string> Of(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Name, out var value) ? [.. value.Split('.').Where(CommerceId.IsWellFormed).Take(Most)] : [];

    /// <summary>Puts one away; the oldest ones fall out.</summary>
    public void Add(HttpContext context, string id)
    {
        if (!CommerceId.IsWellFormed(id))
        {
            return;
        }

        context.Response.Cookies.Append(Name, string.Join('.', Of(context).Where(known => known != id).Prepend(id).Take(Most)), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
            MaxAge = TimeSpan.FromDays(365),
        });
    }
}
