using System.Globalization;
using LinkShop.Cms.Content.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Display.Pipeline;

/// <summary>
/// Rules for every page that opts in by <c>[OutputCache]</c> or <c>CacheOutput()</c>: one copy per tenant, prefix and language, none that sets a
/// cookie, and a new one as soon as content, its definitions or the site's settings change. A page has the tag <c>tenant:{name}</c>, so that a
/// module can drop all pages of a tenant.
/// </summary>
internal sealed class TenantCachePolicy : IOutputCachePolicy
{
    private static readonly string[] _kinds = ["ContentItem", "ContentDefinitionRecord", "SiteSettings"];

    public static string TagOf(string tenant) => "tenant:" + tenant;

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var tenant = ShellScope.Context?.Settings.Name ?? throw new InvalidOperationException("A page without a tenant can't be cached.");
        var rules = context.CacheVaryByRules;
        rules.VaryByValues["tenant"] = tenant;
        rules.VaryByValues["culture"] = CultureInfo.CurrentUICulture.Name;
        rules.VaryByValues["stamp"] = await StampAsync(context.HttpContext.RequestServices.GetRequiredService<ContentHost>().Stamps, tenant);
        context.Tags.Add(TagOf(tenant));
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var headers = context.HttpContext.Response.Headers;
        // A form's anti-forgery token makes the page personal even when its cookie was set earlier; the framework then says no-store.
        if (!StringValues.IsNullOrEmpty(headers.SetCookie) || headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase))
            context.AllowCacheStorage = false;

        return ValueTask.CompletedTask;
    }

    // Each count only grows, so the sum changes whenever one of them does.
    private static async ValueTask<string> StampAsync(ChangeStamps stamps, string tenant)
    {
        var sum = 0L;
        foreach (var kind in _kinds)
            sum += await stamps.GetAsync(tenant, kind);

        return sum.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Puts the cache into the pipeline for everybody who isn't somebody in particular.</summary>
internal static class OutputCaching
{
    /// <summary>Policy of content pages.</summary>
    public const string ContentPage = "ContentPage";

    // Signed in, or with a message waiting to be shown.
    private static readonly string[] _personalCookies = ["orchauth_", "orchnotify_"];

    public static void Use(IApplicationBuilder app) => app.UseWhen(context => !IsPersonal(context.Request), branch => branch.UseOutputCache());

    private static bool IsPersonal(HttpRequest request)
    {
        if (!StringValues.IsNullOrEmpty(request.Headers.Authorization))
            return true;

        var cookies = request.Headers.Cookie;
        if (StringValues.IsNullOrEmpty(cookies))
            return false;

        var text = cookies.ToString();
        return Array.Exists(_personalCookies, name => text.Contains(name, StringComparison.Ordinal));
    }
}
