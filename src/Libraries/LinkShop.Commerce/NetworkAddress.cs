using System.Net;
using System.Net.Sockets;

namespace LinkShop.Commerce;

/// <summary>The network address that limits count by. Whoever has an IPv6 connection has 2^64 addresses of one network (/64): the network counts, not the address.</summary>
public static class NetworkAddress
{
    /// <summary>The address without the part that its owner chooses.</summary>
    /// <param name="address">An address; IPv4 also in the form of IPv6.</param>
    /// <returns>IPv4 as it is, of IPv6 the /64.</returns>
    public static IPAddress Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>The same of a text; what is no address stays what it is.</summary>
    /// <param name="address">An address, or something else that stands for where somebody is.</param>
    public static string Of(string address) => IPAddress.TryParse(address, out var parsed) ? Of(parsed).ToString() : address;
}
