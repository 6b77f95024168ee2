using Microsoft.Extensions.Configuration;

namespace LinkShop.Http;

/// <summary>Where this server listens, as configured.</summary>
public static class ListenAddress
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
