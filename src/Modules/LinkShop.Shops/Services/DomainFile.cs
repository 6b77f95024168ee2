using System.Net;
using System.Net.Sockets;
using System.Text;
using LinkShop.Commerce.Shops;
using LinkShop.Http;

namespace LinkShop.Shops.Services;

/// <summary>
/// Fetches the proof from the web server at a domain. The domain is a stranger's choice: only public addresses are called, and the very addresses that were looked at, so that a name
/// server which answers differently the second time leads nowhere; no proxy, no redirect to another host, little time, little text.
/// </summary>
internal sealed class DomainFile(IDomainResolver resolver, Func<IPAddress, bool> mayCall, int port = 80)
{
    public const string Path = "/.well-known/linkshop.txt";

    private const int MaxBytes = 4096;
    private const int MaxRedirects = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public DomainFile(IDomainResolver resolver)
        : this(resolver, PublicAddresses.Contain)
    {
    }

    public async Task<DomainProof> LookAsync(string domain, string token, CancellationToken cancellationToken)
    {
        var addresses = await resolver.AddressesAsync(domain, cancellationToken);
        if (addresses is null)
            return new DomainProof(null, DomainProof.NoAnswer, Answered: false);
        if (addresses.Count == 0)
            return new DomainProof(null, DomainProof.Missing);
        if (!addresses.All(mayCall))
            return new DomainProof(null, DomainProof.NotPublic);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await FetchAsync(domain, addresses, limit.Token) is not { } text ? new DomainProof(null, DomainProof.Missing)
                : text.Split('\n', StringSplitOptions.TrimEntries).Contains(token, StringComparer.Ordinal) ? new DomainProof(DomainProofMethod.File)
                : new DomainProof(null, DomainProof.Different);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new DomainProof(null, DomainProof.Missing);
        }
    }

    private async Task<string?> FetchAsync(string domain, IReadOnlyList<IPAddress> addresses, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = 16,
            ConnectCallback = (context, token) => ConnectAsync(addresses, context.DnsEndPoint.Port, token),
        };
        using var client = new HttpClient(handler);
        var address = new UriBuilder(Uri.UriSchemeHttp, domain, port, Path).Uri;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
                return await ReadAsync(response, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return null;
            var next = new Uri(address, location);
            if (!string.Equals(next.IdnHost, domain, StringComparison.OrdinalIgnoreCase) || next.Scheme is not ("http" or "https") || (!next.IsDefaultPort && next.Port != port))
                return null;
            address = next;
        }

        return null;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxBytes];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        // what is longer isn't the file that was asked for; its beginning may be looked at all the same
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, read)).TrimStart('\uFEFF');
    }

    private static async ValueTask<Stream> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Count)
            {
                socket.Dispose(); // the next one
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
