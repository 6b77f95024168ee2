using Microsoft.AspNetCore.Http;

namespace LinkShop.Shops.Services;

/// <summary>
/// A way into a shop is two halves of a code: one in the address, one in a cookie of the browser that asked for it. Somebody who is sent another one's link has only the first, so nobody is
/// signed in as who they aren't; and an address that leaks lets nobody in.
/// </summary>
internal static class EntryCodes
{
    private const string Cookie = "linkshop-entry";
    private const int Half = 24;

    /// <summary>Gives the browser its half, and where it has to go with the other one.</summary>
    /// <param name="request">The request on the platform.</param>
    /// <param name="path">The shop's path there.</param>
    /// <param name="code">The code.</param>
    public static string Hand(HttpRequest request, string path, string code)
    {
        request.HttpContext.Response.Cookies.Append(Cookie, code[Half..], new CookieOptions
        {
            HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = path + "/shop-entry", MaxAge = TimeSpan.FromMinutes(1), IsEssential = true,
        });
        return $"{path}/shop-entry?code={code[..Half]}";
    }

    /// <summary>Both halves together; what isn't there makes no code that anybody has.</summary>
    /// <param name="request">The request in the shop.</param>
    /// <param name="half">The half of the address.</param>
    public static string? Whole(HttpRequest request, string? half)
    {
        if (request.Cookies[Cookie] is not { Length: Half } other || half is not { Length: Half })
            return null;
        request.HttpContext.Response.Cookies.Delete(Cookie, new CookieOptions { Path = $"{request.PathBase}/shop-entry" });
        return half + other;
    }
}
