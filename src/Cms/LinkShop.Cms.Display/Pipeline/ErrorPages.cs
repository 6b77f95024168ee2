using LinkShop.Cms.Display.Controllers;
using LinkShop.Cms.Display.Mvc;
using LinkShop.Cms.Display.Rendering;
using LinkShop.Cms.Shell.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Display.Pipeline;

/// <summary>Answers errors that have no page of their own: friendly pages for people, problem details for programs.</summary>
internal static partial class ErrorPages
{
    public static void Use(IApplicationBuilder app) => app.Use(next => context => RunAsync(next, context));

    private static async Task RunAsync(RequestDelegate next, HttpContext context)
    {
        try
        {
            // SQLite would take it; the answer is to be the same on both databases
            if (context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) is true)
                Clear(context, StatusCodes.Status400BadRequest);
            else
                await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await CancelAsync(e);
            Clear(context, e.StatusCode);
        }
        catch (Exception e) when (!context.Response.HasStarted && UnstorableText.IsRefusal(e))
        {
            await CancelAsync(e);
            Clear(context, StatusCodes.Status400BadRequest);
        }
        catch (Exception e) when (!context.Response.HasStarted && ShopPlace.IsRefusal(e))
        {
            await CancelAsync(e);
            Clear(context, StatusCodes.Status503ServiceUnavailable);
            context.Response.Headers.RetryAfter = "5";
            await MovingPage.WriteAsync(context, WantsProblem(context.Request));
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            LogFailure(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("LinkShop.Cms.Errors"), e, context.Request.Method, context.Request.Path);
            await CancelAsync(e);
            Clear(context, StatusCodes.Status500InternalServerError);
        }

        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentLength is null && string.IsNullOrEmpty(response.ContentType)
            && context.Features.Get<IStatusCodePagesFeature>() is not { Enabled: false })
            await AnswerAsync(context);
    }

    // The scope doesn't see an exception that is answered here, and would commit what the failed request had done so far.
    private static Task CancelAsync(Exception e) => ShellScope.Current?.HandleExceptionAsync(e) ?? Task.CompletedTask;

    private static void Clear(HttpContext context, int status)
    {
        var headers = context.Response.Headers.Where(header => IsSecurityHeader(header.Key)).ToArray();
        context.Response.Clear();
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;

        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = status;
    }

    private static bool IsSecurityHeader(string name) => name is "Content-Security-Policy" or "X-Content-Type-Options" or "Referrer-Policy" or "X-Frame-Options";

    private static async Task AnswerAsync(HttpContext context)
    {
        if (WantsProblem(context.Request))
        {
            var (status, extensions) = (context.Response.StatusCode, new Dictionary<string, object?> { ["code"] = CodeOf(context.Response.StatusCode) });
            if (status == StatusCodes.Status400BadRequest && ZeroCharacters(context.Request) is { Count: > 0 } errors)
                extensions["errors"] = errors;
            await Results.Problem(statusCode: status, type: "urn:linkshop:problem:" + CodeOf(status), extensions: extensions).ExecuteAsync(context);
            return;
        }

        if (HttpMethods.IsHead(context.Request.Method))
            return;

        try
        {
            await (context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? WriteBarePageAsync(context) : WritePageAsync(context));
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // The theme itself may be what fails; then plain text must do.
            LogFailure(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("LinkShop.Cms.Errors"), e, context.Request.Method, context.Request.Path);
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.ContentLength = null;
            await context.Response.WriteAsync($"{context.Response.StatusCode} — {context.Request.Path}");
        }
    }

    private static bool WantsProblem(HttpRequest request) => request.Path.StartsWithSegments("/api")
        || (request.Headers.Accept.ToString() is { Length: > 0 } accept && accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("html", StringComparison.OrdinalIgnoreCase));

    // by the parameter's name, as the API names other mistakes
    private static Dictionary<string, object> ZeroCharacters(HttpRequest request) => request.Query.Where(pair => pair.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) is true))
        .ToDictionary(pair => pair.Key, object (_) => new[] { new { code = "invalid", message = "A text can't have a zero character." } });

    // programs branch on the code; the title is for people
    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "not_signed_in",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status413PayloadTooLarge => "body_too_large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
        StatusCodes.Status429TooManyRequests => "too_many_attempts",
        < StatusCodes.Status500InternalServerError => "bad_request",
        _ => "server_error",
    };

    private static async Task WritePageAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var descriptor = services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .OfType<ControllerActionDescriptor>().First(action => action.ControllerTypeInfo == typeof(DiagnosticsController));
        var route = new RouteData();
        foreach (var (key, value) in descriptor.RouteValues)
            route.Values[key] = value;

        // whatever was asked for, the answer is a page to read: no form's token is missing from it
        context.Request.Method = HttpMethods.Get;
        // without an endpoint no link of the frame could be made
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(descriptor), "Error"));
        var layout = await services.GetRequiredService<ILayoutAccessor>().GetLayoutAsync();
        // Whatever the failed page had put into the layout isn't shown.
        layout.Properties.Remove("Content");
        await services.GetRequiredService<IActionInvokerFactory>().CreateInvoker(new ActionContext(context, route, descriptor))!.InvokeAsync();
    }

    // The site's frame itself may be what failed.
    private static async Task WriteBarePageAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var writer = services.GetRequiredService<PageWriter>();
        var feature = await writer.PrepareAsync(new ActionContext(context, context.GetRouteData() ?? new RouteData(), new ActionDescriptor()));
        // Whatever the failed page had put into the layout isn't shown.
        feature.ThemeLayout!.Properties.Remove("Content");
        var body = await services.GetRequiredService<IDisplayHelper>().ShapeExecuteAsync(await ShapeAsync(services.GetRequiredService<IShapeFactory>(), context));
        await writer.WriteAsync(context, feature.Theme is null ? null : feature.ThemeLayout, body);
    }

    /// <summary>What the page says of the response's status.</summary>
    public static async ValueTask<IShape> ShapeAsync(IShapeFactory factory, HttpContext context)
    {
        var shape = await factory.CreateAsync("HttpError");
        shape.Properties["Code"] = context.Response.StatusCode;
        shape.Properties["StaleForm"] = StaleForms.Refused(context);
        shape.Properties["TraceId"] = context.TraceIdentifier;
        shape.Metadata.Alternates.Add("HttpError__" + context.Response.StatusCode);
        return shape;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string? path);
}
