using System.Net;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Shops.Services;

/// <summary>What a shop's own domain has to point to.</summary>
/// <param name="Name">A host's name, or an address.</param>
/// <param name="IsAddress">Whether it is an address, to which no CNAME can lead.</param>
public sealed record DomainTarget(string Name, bool IsAddress)
{
    /// <summary>What the operator has said (<c>LinkShop:Shops:DomainTarget</c>), else the shop's name below the platform's domain, else where the platform is reached; null when nobody elsewhere could reach that.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="slug">The shop's address.</param>
    /// <param name="host">Host of the platform, without its port; null when it isn't known.</param>
    public static DomainTarget? Of(IConfiguration configuration, string? slug, string? host)
    {
        if (configuration["LinkShop:Shops:DomainTarget"]?.Trim() is { Length: > 0 } said)
            return Of(said);
        if (PlatformTenant.DomainOf(configuration) is { } platform)
            return new($"{slug}.{platform}", IsAddress: false);
        return host is null ? null : Of(host);
    }

    private static DomainTarget? Of(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return IPAddress.IsLoopback(address) ? null : new(address.ToString(), IsAddress: true);
        // one name alone is known to this network at most
        return host.Contains('.', StringComparison.Ordinal) ? new(host, IsAddress: false) : null;
    }
}
