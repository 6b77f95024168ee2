using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Admin.Users;

/// <summary>
/// Names the sign-in cookie after the tenant. Many tenants share one set of options, and tenants of one host share the browser's
/// cookie jar, so the name can't be an option.
/// </summary>
internal sealed class TenantCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
        => _cookies.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key)
        => $"{key}_{Uri.EscapeDataString(context.RequestServices.GetRequiredService<ShellSettings>().Name)}";
}

/// <summary>Protects the ticket for the tenant of the request: a cookie that was copied to another tenant is worth nothing there.</summary>
internal sealed class TenantTicketFormat(IDataProtectionProvider provider) : ISecureDataFormat<AuthenticationTicket>
{
    public string Protect(AuthenticationTicket data) => Format.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => Format.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => Format.Unprotect(protectedText);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Format.Unprotect(protectedText, purpose);

    private TicketDataFormat Format
    {
        get
        {
            var tenant = ShellScope.Context?.Settings.Name ?? throw new InvalidOperationException("Signing in needs a tenant.");
            return new TicketDataFormat(provider.CreateProtector("LinkShop.Cms.SignIn", tenant, "v1"));
        }
    }
}
