using Microsoft.AspNetCore.Http;

namespace LinkShop.Http;

/// <summary>Hosts as they are sent and stored. ASP.NET Core turns <c>xn--…</c> of a request into letters, so a name in Chinese would equal nothing that was stored.</summary>
public static class AsciiHosts
{
    /// <summary>The request's host in ASCII, with its port if it has one.</summary>
    /// <param name="request">The request.</param>
    public static HostString AsciiHost(this HttpRequest request) => new(request.Host.ToUriComponent());
}
