using System.Net;
using System.Net.Sockets;
using System.Text;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Web.Tests.Shops;

public sealed class DomainFileTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("1.0.0.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_addresses_of_the_public_internet_are_called(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("200 OK", "", Token, DomainProofMethod.File, null)]
    [InlineData("200 OK", "", "\uFEFFhello\r\n" + Token + "\r\n", DomainProofMethod.File, null)]
    [InlineData("200 OK", "", "0123456789abcdef0123456789abcdeg", null, DomainProof.Different)]
    [InlineData("200 OK", "", "x" + Token, null, DomainProof.Different)]
    [InlineData("404 Not Found", "", Token, null, DomainProof.Missing)]
    [InlineData("302 Found", "Location: /elsewhere.txt\r\n", "", DomainProofMethod.File, null)]
    [InlineData("302 Found", "Location: http://evil.example/.well-known/linkshop.txt\r\n", "", null, DomainProof.Missing)]
    [InlineData("302 Found", "Location: http://evil.example:{port}/elsewhere.txt\r\n", "", null, DomainProof.Missing)]
    [InlineData("302 Found", "Location: //evil.example/x\r\n", "", null, DomainProof.Missing)]
    [InlineData("302 Found", "Location: http://shop.example:22/\r\n", "", null, DomainProof.Missing)]
    [InlineData("302 Found", "Location: file:///etc/passwd\r\n", "", null, DomainProof.Missing)]
    [InlineData("302 Found", "Location: /again\r\n", "loop", null, DomainProof.Missing)]
    public async Task The_file_is_fetched_from_the_domain_itself(string status, string headers, string body, DomainProofMethod? method, string? why)
    {
        var port = 0;
        using var web = new WebServer(path => path == "/elsewhere.txt" ? ("200 OK", "", Token) : (status, headers.Replace("{port}", $"{port}", StringComparison.Ordinal), body));
        port = web.Port;
        var proof = await new DomainFile(new Fixed(IPAddress.Loopback), _ => true, web.Port).LookAsync("shop.example", Token, CancellationToken.None);
        Assert.Equal((method, why), (proof.Method, proof.Why));
        Assert.All(web.Requests, request => Assert.Contains($"Host: shop.example:{web.Port}\r\n", request, StringComparison.Ordinal));
        Assert.InRange(web.Requests.Count, 1, 3);
        Assert.StartsWith("GET /.well-known/linkshop.txt HTTP", web.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_file_only_the_beginning_is_read()
    {
        using var web = new WebServer(_ => ("200 OK", "", new string('x', 5000) + "\n" + Token));
        Assert.Equal(DomainProof.Different, (await new DomainFile(new Fixed(IPAddress.Loopback), _ => true, web.Port).LookAsync("shop.example", Token, CancellationToken.None)).Why);
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_never_called_not_even_beside_a_public_one()
    {
        using var web = new WebServer(_ => ("200 OK", "", Token));
        foreach (var addresses in (IPAddress[][])[[IPAddress.Loopback], [IPAddress.Parse("::ffff:127.0.0.1")], [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback], [IPAddress.Parse("169.254.169.254")]])
            Assert.Equal(DomainProof.NotPublic, (await new DomainFile(new Fixed(addresses), PublicAddresses.Contain, web.Port).LookAsync("shop.example", Token, CancellationToken.None)).Why);
        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task A_name_server_that_fails_says_nothing_and_one_that_knows_no_such_name_says_no()
    {
        using var dns = new DnsServer();
        var resolver = new DnsDomainResolver(new ConfigurationBuilder().AddInMemoryCollection([new("LinkShop:Shops:DnsServer", dns.Address)]).Build());
        var domain = new ShopDomain("Shop1", "shop.example", Token, ShopDomainState.Waiting, null, null, default, null, null, null, null);
        var proofs = new DomainProofs(resolver, new DomainFile(resolver));
        Assert.Equal(new DomainProof(null, DomainProof.Missing), await proofs.LookAsync(domain, CancellationToken.None));
        dns.Broken["_linkshop.shop.example"] = true;
        Assert.Equal(new DomainProof(null, DomainProof.NoAnswer, Answered: false), await proofs.LookAsync(domain, CancellationToken.None));
        dns.Broken.Clear();
        dns.Texts["_linkshop.shop.example"] = ["something", "linkshop=another"];
        Assert.Equal(DomainProof.Different, (await proofs.LookAsync(domain, CancellationToken.None)).Why);
        dns.Texts["_linkshop.shop.example"] = ["something", "linkshop=" + Token];
        Assert.Equal(DomainProofMethod.Dns, (await proofs.LookAsync(domain, CancellationToken.None)).Method);
    }

    [Theory]
    [InlineData(ShopDomainState.Proven, "linkshop=of-the-buyer", null, DomainProof.Different)]
    [InlineData(ShopDomainState.Proven, "something else", DomainProofMethod.File, null)]
    [InlineData(ShopDomainState.Proven, "linkshop=" + Token, DomainProofMethod.Dns, null)]
    [InlineData(ShopDomainState.Waiting, "linkshop=left-behind", DomainProofMethod.File, null)]
    [InlineData(ShopDomainState.Lost, "linkshop=of-the-buyer", null, DomainProof.Different)]
    public async Task The_file_that_a_shop_serves_itself_does_not_outweigh_anothers_record(ShopDomainState state, string text, DomainProofMethod? method, string? why)
    {
        using var web = new WebServer(_ => ("200 OK", "", Token));
        var resolver = new Fixed(IPAddress.Loopback) { Texts = [text] };
        var domain = new ShopDomain("Shop1", "shop.example", Token, state, null, null, default, null, null, null, null);
        var proof = await new DomainProofs(resolver, new DomainFile(resolver, _ => true, web.Port)).LookAsync(domain, CancellationToken.None);
        Assert.Equal((method, why, true), (proof.Method, proof.Why, proof.Answered));
    }

    private sealed class Fixed(params IPAddress[] addresses) : IDomainResolver
    {
        public IReadOnlyList<string> Texts { get; init; } = [];

        public Task<IReadOnlyList<string>?> TextsAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>?>(Texts);

        public Task<IReadOnlyList<IPAddress>?> AddressesAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<IPAddress>?>(addresses);
    }

    /// <summary>Answers each request with what it is told, and remembers them.</summary>
    private sealed class WebServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public WebServer(Func<string, (string Status, string Headers, string Body)> answer)
        {
            _listener.Start();
            _ = RunAsync(answer);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public List<string> Requests { get; } = [];

        public void Dispose() => _listener.Dispose();

        private async Task RunAsync(Func<string, (string Status, string Headers, string Body)> answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var buffer = new byte[8192];
                    var request = Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
                    Requests.Add(request);
                    var (status, headers, body) = answer(request.Split(' ')[1]);
                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{headers}Connection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException or IOException)
            {
                // the test is over
            }
        }
    }
}
