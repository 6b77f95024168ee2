using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Shops.Services;

/// <summary>Asks name servers.</summary>
internal interface IDomainResolver
{
    /// <summary>The texts of a name's TXT records; null when nobody answered.</summary>
    Task<IReadOnlyList<string>?> TextsAsync(string name, CancellationToken cancellationToken);

    /// <summary>The addresses of a name; null when nobody answered.</summary>
    Task<IReadOnlyList<IPAddress>?> AddressesAsync(string name, CancellationToken cancellationToken);
}

/// <summary>Asks the name server of <c>LinkShop:Shops:DnsServer</c> (an address, perhaps with a port), else those of the machine. Remembers nothing: who has just made a record wants to see it.</summary>
internal sealed class DnsDomainResolver(IConfiguration configuration) : IDomainResolver
{
    private readonly Lazy<LookupClient> _client = new(() => Create(configuration["LinkShop:Shops:DnsServer"]));

    public async Task<IReadOnlyList<string>?> TextsAsync(string name, CancellationToken cancellationToken) =>
        (await AskAsync(name, QueryType.TXT, cancellationToken))?.OfType<TxtRecord>().Select(record => string.Concat(record.Text).Trim()).ToList();

    public async Task<IReadOnlyList<IPAddress>?> AddressesAsync(string name, CancellationToken cancellationToken)
    {
        var old = await AskAsync(name, QueryType.A, cancellationToken);
        var young = await AskAsync(name, QueryType.AAAA, cancellationToken);
        return old is null && young is null ? null : [.. (old ?? []).Concat(young ?? []).OfType<AddressRecord>().Select(record => record.Address)];
    }

    private static LookupClient Create(string? server)
    {
        var options = string.IsNullOrWhiteSpace(server) ? new LookupClientOptions()
            : IPEndPoint.TryParse(server, out var end) ? new LookupClientOptions(new IPEndPoint(end.Address, end.Port == 0 ? 53 : end.Port))
            : throw new InvalidOperationException($"LinkShop:Shops:DnsServer: '{server}' is no address like 1.1.1.1 or 127.0.0.1:5353.");
        (options.UseCache, options.Timeout, options.Retries, options.ThrowDnsErrors) = (false, TimeSpan.FromSeconds(2), 1, false);
        return new LookupClient(options);
    }

    private async Task<IReadOnlyList<DnsResourceRecord>?> AskAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(name, type, cancellationToken: cancellationToken);
            // that there is no such name is an answer; that a server can't or won't say isn't
            return !answer.HasError ? answer.Answers : answer.Header.ResponseCode == DnsHeaderResponseCode.NotExistentDomain ? [] : null;
        }
        catch (Exception e) when (e is DnsResponseException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
