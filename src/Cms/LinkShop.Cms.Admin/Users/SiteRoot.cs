using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Users;

/// <summary>What a mailed link begins with.</summary>
internal sealed class SiteRoot(ShellSettings shell, IConfiguration configuration)
{
    /// <summary>The site's address without a slash at the end: never the host of the request. Whoever makes one up would be mailed about, with the token in it.</summary>
    public string Of(ISite site)
    {
        if (!string.IsNullOrEmpty(site.BaseUrl))
            return site.BaseUrl.TrimEnd('/');
        var listening = Listening(configuration["Urls"]);
        var root = shell.RequestUrlHosts is [var host, ..] ? $"{new Uri(listening).Scheme}://{host}" : listening;
        return string.IsNullOrEmpty(shell.RequestUrlPrefix) ? root : $"{root}/{shell.RequestUrlPrefix}";
    }

    /// <summary>Where the server listens, without a slash at the end; all its addresses at once are the loopback one.</summary>
    /// <param name="urls">As configured: addresses separated by semicolons, or null.</param>
    internal static string Listening(string? urls)
    {
        var first = BindingAddress.Parse(string.IsNullOrEmpty(urls) ? "http://127.0.0.1:5000" : urls.Split(';')[0]);
        return $"{first.Scheme}://{(first.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : first.Host)}:{first.Port}";
    }
}
