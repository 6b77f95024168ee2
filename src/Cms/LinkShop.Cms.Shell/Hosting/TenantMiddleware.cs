using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Localization;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>Finds the request's tenant and runs its blueprint's pipeline in a scope on it.</summary>
internal sealed class TenantMiddleware(RequestDelegate next, ShellHost host, RunningShellTable table, ModuleAssets assets, RequestCultures cultures)
{
    // without a layout: a tenant that is stopped has no services
    private const string StoppedPage = """
        <!DOCTYPE html>
        <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>网站已停用 · This site is stopped</title></head>
        <body><main><h1>网站已停用</h1><p>本站暂时无法访问，请稍后再来。如有疑问，请联系平台。</p>
        <h1 lang="en">This site is stopped</h1><p lang="en">It can’t be visited at the moment. Please come back later, or write to the platform.</p></main></body></html>
        """;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (table.Match(request.Host, request.Path) is not { } settings) return next(context);
        if (settings.State != TenantState.Running) return RefuseAsync(context, settings);
        var path = request.Path;
        var pathBase = request.PathBase;
        if (settings.PrefixPath is { HasValue: true } prefix)
        {
            // the prefix as it is written in the settings, so that links, cookies and cached pages do not depend on the visitor's spelling
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase, out var remaining))
            {
                request.PathBase = pathBase + prefix;
                request.Path = remaining;
            }
            // at a domain of its own a tenant is at the root; the table found it by that domain, or it would not be here
            else if (!table.IsAtRoot(request.Host, settings)) return next(context);
        }
        var asset = assets.Find(request);
        return asset is not null ? asset.ServeAsync(context) : RunAsync(context, settings, path, pathBase);
    }

    private async Task RunAsync(HttpContext context, ShellSettings settings, PathString path, PathString pathBase)
    {
        var hostServices = context.RequestServices;
        try
        {
            var scope = host.TryGetScope(settings) ?? await host.GetScopeAsync(settings);
            // inside of the scope also when there is no body: a cookie that is renewed as the response starts would have another tenant's name, path and keys outside of it
            scope.Stored = context.Response.CompleteAsync;
            context.Features.Set(new ShellContextFeature { ShellContext = scope.ShellContext, OriginalPath = path, OriginalPathBase = pathBase });
            context.RequestServices = scope.ServiceProvider;
            // what the host's own routing found is not this tenant's
            context.SetEndpoint(null);
            await scope.UsingAsync(_ => RunPipelineAsync(context, scope));
        }
        finally
        {
            // the scope is gone, and an outer error page starts over with the path as it came in
            context.RequestServices = hostServices;
            context.Request.Path = path;
            context.Request.PathBase = pathBase;
        }
    }

    private async Task RunPipelineAsync(HttpContext context, ShellScope scope)
    {
        cultures.Apply(context, scope.ShellContext.Settings);
        var blueprint = (Blueprint)scope.ShellContext.SharedContainer!;
        await (blueprint.Pipeline ?? await blueprint.GetPipelineAsync())(context);
    }

    private static Task RefuseAsync(HttpContext context, ShellSettings settings)
    {
        if (settings.IsInitializing() || settings.IsUninitialized())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            return context.Response.WriteAsync("This site is being set up. / 网站正在初始化，请稍候。");
        }
        if (!settings.IsDisabled())
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // somebody has stopped it and may start it again: what is here isn't gone, as a 404 would tell search engines
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "3600";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(StoppedPage);
    }
}
