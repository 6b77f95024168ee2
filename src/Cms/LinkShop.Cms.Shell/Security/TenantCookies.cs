using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Security;

/// <summary>Gives each tenant its own cookies, although the options that name them are shared.</summary>
internal static class TenantCookies
{
    internal static void Add(IServiceCollection services)
    {
        services.PostConfigureAll<CookieAuthenticationOptions>(o => o.Cookie = new TenantCookieBuilder("orchauth_", o.Cookie));
        // the framework's own is sent in the clear as well unless told
        services.PostConfigureAll<AntiforgeryOptions>(o => o.Cookie = new TenantCookieBuilder("orchantiforgery_", o.Cookie) { SecurePolicy = CookieSecurePolicy.SameAsRequest });
        services.PostConfigureAll<CookieTempDataProviderOptions>(o => o.Cookie = new TenantCookieBuilder("orchtemp_", o.Cookie));
        services.PostConfigureAll<SessionOptions>(o => o.Cookie = new TenantCookieBuilder("orchsession_", o.Cookie));
    }
}

/// <summary>A cookie whose name ends with the current tenant's and whose path is the tenant's own.</summary>
internal sealed class TenantCookieBuilder : CookieBuilder
{
    private readonly string _prefix;

    internal TenantCookieBuilder(string prefix, CookieBuilder from)
    {
        // a scheme of one's own keeps its name; those of the framework differ only in the scheme
        var named = from is TenantCookieBuilder || from.Name is null || from.Name.StartsWith(".AspNetCore.", StringComparison.Ordinal) ? "" : from.Name + "_";
        _prefix = from is TenantCookieBuilder same ? same._prefix : prefix + SchemeOf(from.Name) + named;
        Domain = from.Domain;
        Expiration = from.Expiration;
        HttpOnly = from.HttpOnly;
        IsEssential = from.IsEssential;
        MaxAge = from.MaxAge;
        Path = from.Path;
        SameSite = from.SameSite;
        SecurePolicy = from.SecurePolicy;
        foreach (var extension in from.Extensions) Extensions.Add(extension);
    }

    public override string? Name
    {
        // asked for on every request, and only then is it known whose cookie it is
        get => _prefix + (ShellScope.Context?.Settings.Name ?? ShellSettings.DefaultShellName);
        set => throw new InvalidOperationException("The name of this cookie follows the tenant.");
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Path = Path ?? (context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/");
        return options;
    }

    private static string SchemeOf(string? name)
        => name is not null && name.StartsWith(".AspNetCore.Identity.", StringComparison.Ordinal) && !name.EndsWith(".Application", StringComparison.Ordinal)
            ? name[".AspNetCore.Identity.".Length..] + "_"
            : "";
}
