using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace LinkShop.Web;

/// <summary>Behind a reverse proxy: the visitor's address and scheme come from its headers, which are believed only from the proxies named in <c>LinkShop:Proxies</c>.</summary>
internal static class Proxies
{
    public const string Key = "LinkShop:Proxies";

    /// <exception cref="InvalidOperationException">An entry is neither an address nor a network.</exception>
    public static void UseProxies(this WebApplication app)
    {
        var entries = app.Configuration.GetSection(Key).Get<string[]>() ?? [];
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
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new InvalidOperationException($"{Key}: '{entry}' is neither an IP address nor a network like 10.0.0.0/8.");
        }

        app.UseForwardedHeaders(options);
    }
}
