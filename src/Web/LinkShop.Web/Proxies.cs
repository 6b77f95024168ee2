using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace LinkShop.Web;

/// <summary>Behind a reverse proxy: the visitor's address and scheme come from its headers, which are believed only from the proxies named in <c>LinkShop:Proxies</c>.</summary>
internal static class Proxies
{
    /// <exception cref="FormatException">An entry is neither an address nor a network; the settings' check has refused it before.</exception>
    public static void UseProxies(this WebApplication app)
    {
        var entries = app.Configuration.GetSection("LinkShop:Proxies").Get<string[]>() ?? [];
        if (entries.Length == 0)
            return;
        // every hop that is a known proxy is passed over; the first that isn't is the visitor, whatever it claims itself
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(entry));
        }

        app.UseForwardedHeaders(options);
    }
}
