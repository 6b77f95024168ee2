using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A name server of the tests' own, on a free UDP port of this machine: knows what it is told, and that nothing else exists.</summary>
internal sealed class DnsServer : IDisposable
{
    private const ushort A = 1;
    private const ushort Txt = 16;
    private const int NoSuchName = 3;
    private const int Failure = 2;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

    public DnsServer() => _ = RunAsync();

    /// <summary>The texts of each name.</summary>
    public ConcurrentDictionary<string, string[]> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The address of each name.</summary>
    public ConcurrentDictionary<string, IPAddress> Addresses { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names for which it says that it can't say.</summary>
    public ConcurrentDictionary<string, bool> Broken { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    public void Dispose() => _socket.Dispose();

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var request = await _socket.ReceiveAsync();
                await _socket.SendAsync(Answer(request.Buffer), request.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // the test is over
        }
    }

    private byte[] Answer(byte[] request)
    {
        var at = 12;
        var labels = new List<string>();
        for (; request[at] != 0; at += request[at] + 1)
            labels.Add(Encoding.ASCII.GetString(request, at + 1, request[at]));
        var type = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(at + 1));
        var question = request.AsSpan(12, at + 5 - 12);
        var name = string.Join('.', labels);
        var records = new List<byte[]>();
        if (type == Txt)
            records.AddRange((Texts.GetValueOrDefault(name) ?? []).Select(Encoding.ASCII.GetBytes).Select(text => (byte[])[(byte)text.Length, .. text]));
        if (type == A && Addresses.TryGetValue(name, out var address))
            records.Add(address.GetAddressBytes());
        var code = Broken.ContainsKey(name) ? Failure : records.Count == 0 && !Addresses.ContainsKey(name) ? NoSuchName : 0;
        using var answer = new MemoryStream();
        answer.Write([request[0], request[1], 0x81, (byte)(0x80 | code), 0, 1, 0, (byte)records.Count, 0, 0, 0, 0]);
        answer.Write(question);
        foreach (var data in records)
        {
            answer.Write([0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 0, 0, (byte)data.Length]);
            answer.Write(data);
        }

        return answer.ToArray();
    }
}
