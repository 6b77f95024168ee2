using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform;

/// <summary>
/// <c>/robots.txt</c> of each site: search engines read goods and pages, and leave alone what is somebody's own. They look at a host's root only, so the platform's file speaks for the malls and
/// shops below it, too.
/// </summary>
internal static class RobotsFile
{
    private static readonly string[] Private = ["Admin", "checkout", "orders", "account", "api"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("robots.txt", context =>
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Text(context.Request.PathBase.Value ?? "", context.RequestServices.GetRequiredService<ShellSettings>().IsDefaultShell()));
    }).ExcludeFromDescription();

    /// <summary>The file.</summary>
    /// <param name="root">The site's path.</param>
    /// <param name="platform">Whether other sites are below it.</param>
    internal static string Text(string root, bool platform)
    {
        var text = new StringBuilder("User-agent: *\nAllow: /\n");
        foreach (var part in Private)
        {
            text.Append("Disallow: ").Append(root).Append('/').Append(part).Append('\n');
            if (platform)
                // with what follows in their addresses: a product's address may begin with the same word
                text.Append("Disallow: /*/").Append(part).Append(part == "checkout" ? '?' : '/').Append('\n');
        }

        return text.ToString();
    }
}
