using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkShop.Bench;

/// <summary>
/// One keep-alive HTTP/1.1 connection driven by one thread. HttpClient costs more processor time than the server it measures,
/// and client and server share the cores here; so the request is bytes and the answer is found in one buffer.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = new byte[16 * 1024];
    private readonly byte[] _answer = new byte[256 * 1024];
    private readonly byte[] _host;

    public LoadConnection(Uri address)
    {
        _host = Encoding.ASCII.GetBytes($"Host: {address.Authority}\r\n");
        _socket.Connect(IPAddress.Loopback, address.Port);
    }

    /// <summary>Sends one request and reads the whole answer; the body is valid until the next call.</summary>
    /// <param name="headers">Complete header lines, each ended by CR LF.</param>
    public (int Status, ReadOnlyMemory<byte> Body) Send(string method, string path, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> body)
    {
        var length = Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\n", _request);
        length += Append(length, _host);
        length += Append(length, headers);
        if (method != "GET")
            length += Encoding.ASCII.GetBytes($"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n", _request.AsSpan(length));
        length += Append(length, "\r\n"u8);
        length += Append(length, body);
        for (var sent = 0; sent < length;)
            sent += _socket.Send(_request.AsSpan(sent, length - sent));
        return Receive();
    }

    public void Dispose() => _socket.Dispose();

    private int Append(int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_request.AsSpan(at));
        return bytes.Length;
    }

    private (int, ReadOnlyMemory<byte>) Receive()
    {
        var filled = 0;
        int headerEnd;
        while ((headerEnd = _answer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
            filled += Read(filled);
        var head = _answer.AsSpan(0, headerEnd);
        var status = int.Parse(head.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var start = headerEnd + 4;
        if (HeaderValue(head, "content-length: "u8) is { IsEmpty: false } text)
        {
            var end = start + int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            while (filled < end)
                filled += Read(filled);
            return (status, _answer.AsMemory(start, end - start));
        }
        if (HeaderValue(head, "transfer-encoding: "u8).IsEmpty)
            return (status, ReadOnlyMemory<byte>.Empty);
        return (status, ReadChunks(start, filled));
    }

    private ReadOnlyMemory<byte> ReadChunks(int start, int filled)
    {
        var write = start;
        for (var read = start; ;)
        {
            int lineEnd;
            while ((lineEnd = _answer.AsSpan(read, filled - read).IndexOf("\r\n"u8)) < 0)
                filled += Read(filled);
            var size = int.Parse(_answer.AsSpan(read, lineEnd), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            read += lineEnd + 2;
            while (filled < read + size + 2)
                filled += Read(filled);
            if (size == 0)
                return _answer.AsMemory(start, write - start);
            _answer.AsSpan(read, size).CopyTo(_answer.AsSpan(write));
            write += size;
            read += size + 2;
        }
    }

    private int Read(int at)
    {
        var count = _socket.Receive(_answer.AsSpan(at));
        return count > 0 ? count : throw new IOException("The server closed the connection");
    }

    private static ReadOnlySpan<byte> HeaderValue(ReadOnlySpan<byte> head, ReadOnlySpan<byte> lowerName)
    {
        while (!head.IsEmpty)
        {
            var end = head.IndexOf("\r\n"u8);
            var line = end < 0 ? head : head[..end];
            if (line.Length > lowerName.Length && Ascii.EqualsIgnoreCase(line[..lowerName.Length], lowerName))
                return line[lowerName.Length..];
            head = end < 0 ? default : head[(end + 2)..];
        }
        return default;
    }
}
