using LinkShop.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Services;

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
