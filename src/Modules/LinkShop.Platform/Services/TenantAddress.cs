using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Platform.Services;

/// <summary>The tenant's absolute address for links that leave the site where no request tells it: mails.</summary>
public sealed class TenantAddress(ISiteService sites, ShellSettings settings, IConfiguration configuration)
{
    /// <summary>The address without a slash at its end. The site's base address when set; else the tenant's host, else where this server listens.</summary>
    public async ValueTask<string> RootAsync()
    {
        if ((await sites.GetSiteSettingsAsync()).BaseUrl is { Length: > 0 } set)
        {
            return set.TrimEnd('/');
        }

        var listening = ListenAddress.Of(configuration);
        var root = settings.RequestUrlHosts is [var host, ..] ? $"{new Uri(listening).Scheme}://{host}" : listening;
        return string.IsNullOrEmpty(settings.RequestUrlPrefix) ? root : $"{root}/{settings.RequestUrlPrefix}";
    }
}

/// <summary>Where this server listens, as configured.</summary>
internal static class ListenAddress
{
    /// <summary>The first address without a slash at its end; a wildcard is shown as the loopback address.</summary>
    public static string Of(IConfiguration configuration)
    {
        var first = (configuration["Urls"] ?? configuration.GetSection("Kestrel:Endpoints").GetChildren().FirstOrDefault()?["Url"] ?? "http://127.0.0.1:5000").Split(';')[0];
        foreach (var wildcard in (string[])["://*", "://+", "://0.0.0.0", "://[::]"])
        {
            first = first.Replace(wildcard, "://127.0.0.1", StringComparison.Ordinal);
        }

        return first.TrimEnd('/');
    }
}
