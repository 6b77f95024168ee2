using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Localization;

/// <summary>
/// Chooses a request's culture among the tenant's: query <c>culture</c> (kept in a cookie), cookie, <c>Accept-Language</c>, the tenant's default.
/// The tenant's are in its settings (<c>SupportedCultures</c>, <c>DefaultCulture</c>), else in the configuration.
/// </summary>
internal sealed class RequestCultures(IConfiguration configuration)
{
    private const int MaxRemembered = 2000;
    private static readonly QueryStringRequestCultureProvider _query = new();
    private readonly ConcurrentDictionary<string, CultureSet> _sets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(CultureSet Set, string Header), CultureInfo> _byHeader = new();
    private readonly string _supported = Join(configuration.GetSection("LinkShop:Localization:SupportedCultures").Get<string[]>()) is { Length: > 0 } list ? list : "zh-CN,en";
    private readonly string _default = configuration["LinkShop:Localization:DefaultCulture"] ?? "zh-CN";

    internal CultureSet Of(ShellSettings settings)
    {
        var supported = settings["SupportedCultures"] ?? _supported;
        var preferred = settings["DefaultCulture"] ?? _default;
        return _sets.TryGetValue(supported + "|" + preferred, out var set) ? set : _sets.GetOrAdd(supported + "|" + preferred, CultureSet.Parse(supported, preferred));
    }

    internal void Apply(HttpContext context, ShellSettings settings)
    {
        var set = Of(settings);
        var culture = FromQuery(context, set) ?? FromCookie(context, set) ?? FromHeader(context, set);
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = culture;
        context.Features.Set<IRequestCultureFeature>(set.FeatureOf(culture));
    }

    private static string Join(string[]? cultures) => string.Join(',', cultures ?? []);

    private static CultureInfo? FromQuery(HttpContext context, CultureSet set)
    {
        if (!context.Request.QueryString.HasValue || set.Find(context.Request.Query[_query.QueryStringKey]) is not { } culture) return null;
        var path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/";
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { Path = path, MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps });
        return culture;
    }

    private static CultureInfo? FromCookie(HttpContext context, CultureSet set)
        => context.Request.Headers.Cookie.Count > 0
            && context.Request.Cookies.TryGetValue(CookieRequestCultureProvider.DefaultCookieName, out var value)
            && CookieRequestCultureProvider.ParseCookieValue(value) is { UICultures.Count: > 0 } parsed
                ? set.Find(parsed.UICultures[0].Value)
                : null;

    private CultureInfo FromHeader(HttpContext context, CultureSet set)
    {
        var header = context.Request.Headers.AcceptLanguage;
        if (header.Count != 1 || header[0] is not { Length: > 0 and < 200 } text) return set.Default;
        if (_byHeader.TryGetValue((set, text), out var known)) return known;
        var best = context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Where(l => l.Quality is not 0).Select(l => set.Find(l.Value.Value)).FirstOrDefault(c => c is not null) ?? set.Default;
        // visitors choose the text, so what is remembered has a limit
        if (_byHeader.Count < MaxRemembered) _byHeader[(set, text)] = best;
        return best;
    }
}

/// <summary>A tenant's cultures.</summary>
internal sealed record CultureSet(CultureInfo Default, CultureInfo[] Supported)
{
    private readonly Dictionary<string, RequestCultureFeature> _features = Supported.Append(Default).DistinctBy(c => c.Name)
        .ToDictionary(c => c.Name, c => new RequestCultureFeature(new RequestCulture(c), null));

    internal static CultureSet Parse(string supported, string preferred)
    {
        var all = supported.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(CultureInfo.GetCultureInfo).ToArray();
        return new(all.FirstOrDefault(c => c.Name.Equals(preferred, StringComparison.OrdinalIgnoreCase)) ?? all.FirstOrDefault() ?? CultureInfo.GetCultureInfo(preferred), all);
    }

    internal RequestCultureFeature FeatureOf(CultureInfo culture) => _features[culture.Name];

    /// <summary>The supported culture of that name, else the one of the same language.</summary>
    internal CultureInfo? Find(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        foreach (var culture in Supported)
        {
            if (culture.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return culture;
        }
        var language = name.AsSpan(0, name.IndexOf('-') is var dash and > 0 ? dash : name.Length);
        foreach (var culture in Supported)
        {
            if (language.Equals(culture.TwoLetterISOLanguageName, StringComparison.OrdinalIgnoreCase)) return culture;
        }
        return null;
    }

    public bool Equals(CultureSet? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
