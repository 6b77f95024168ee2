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
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
