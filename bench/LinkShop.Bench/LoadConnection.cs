using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkShop.Bench;

/// <summary>
/// One keep-alive HTTP/1.1 connection with one request under way. HttpClient costs more processor time than the server it measures,
/// and client and server share the cores here; so the request is bytes, the answer is found in one buffer, and one thread waits for all connections.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = new byte[16 * 1024];
    private readonly byte[] _answer = new byte[256 * 1024];
    private readonly byte[] _host;
    private int _filled;

    public LoadConnection(Uri address)
    {
        _host = Encoding.ASCII.GetBytes($"Host: {address.Authority}\r\n");
        _socket.Connect(IPAddress.Loopback, address.Port);
    }

    public Socket Socket => _socket;

    /// <summary>Sends one request.</summary>
    /// <param name="headers">Complete header lines, each ended by CR LF.</param>
    public void Send(string method, string path, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> body)
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
        _filled = 0;
    }

    public void Dispose() => _socket.Dispose();

    private int Append(int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_request.AsSpan(at));
        return bytes.Length;
    }

    /// <summary>Reads what has come; null while the answer isn't complete. The body is valid until the next request.</summary>
    public (int Status, ReadOnlyMemory<byte> Body)? Receive()
    {
        var count = _socket.Receive(_answer.AsSpan(_filled));
        _filled += count > 0 ? count : throw new IOException("The server closed the connection");
        var headerEnd = _answer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
        if (headerEnd < 0)
            return null;
        var head = _answer.AsSpan(0, headerEnd);
        var status = int.Parse(head.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var start = headerEnd + 4;
        if (HeaderValue(head, "content-length: "u8) is { IsEmpty: false } text)
        {
            var length = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            return _filled < start + length ? null : (status, _answer.AsMemory(start, length));
        }
        return HeaderValue(head, "transfer-encoding: "u8).IsEmpty ? (status, ReadOnlyMemory<byte>.Empty) : ReadChunks(start) is { } body ? (status, body) : null;
    }

    private ReadOnlyMemory<byte>? ReadChunks(int start)
    {
        var body = new List<byte>();
        for (var read = start; ;)
        {
            var lineEnd = _answer.AsSpan(read, _filled - read).IndexOf("\r\n"u8);
            if (lineEnd < 0)
                return null;
            var size = int.Parse(_answer.AsSpan(read, lineEnd), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            read += lineEnd + 2;
            if (_filled < read + size + 2)
                return null;
            if (size == 0)
                return body.ToArray();
            body.AddRange(_answer.AsSpan(read, size));
            read += size + 2;
        }
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
