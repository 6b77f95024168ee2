using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LinkShop.Cms.Display.Pipeline;

/// <summary>Tells browsers to run nothing but the site's own files and to show the page in no frame.</summary>
internal static class SecurityHeaders
{
    // Pictures may be data: for QR codes; everything else comes from the site itself.
    private static readonly StringValues _policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    private static readonly StringValues _noSniff = "nosniff";
    private static readonly StringValues _referrer = "strict-origin-when-cross-origin";
    private static readonly StringValues _frames = "SAMEORIGIN";

    public static void Use(IApplicationBuilder app) => app.Use(next => context =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = _noSniff;
        headers["Referrer-Policy"] = _referrer;
        headers.XFrameOptions = _frames;
        return next(context);
    });
}
