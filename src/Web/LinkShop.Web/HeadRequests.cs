using Microsoft.AspNetCore.Http.Features;

namespace LinkShop.Web;

/// <summary>Answers HEAD as GET without its body: link checkers, mail scanners and monitors ask so, and routes name GET only.</summary>
internal static class HeadRequests
{
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use(next => context =>
        HttpMethods.IsHead(context.Request.Method) ? RunAsync(next, context) : next(context));

    private static async Task RunAsync(RequestDelegate next, HttpContext context)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Request.Method = HttpMethods.Get;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        finally
        {
            // before the server sends the headers, or it would miss the body that they announce
            context.Features.Set(body);
            context.Request.Method = HttpMethods.Head;
        }
    }
}
