using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Http;

/// <summary>
/// A request's body, read whole into a rented buffer. The bytes are the raw ones, as signatures are over what was sent and not over what
/// a parser made of it. Dispose gives the buffer back.
/// </summary>
public struct PooledBody : IDisposable
{
    private byte[]? _buffer;
    private readonly int _length;

    private PooledBody(byte[]? buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>False when the body was longer than allowed.</summary>
    public readonly bool Complete => _buffer is not null;

    /// <summary>The body.</summary>
    public readonly ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>The body.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads a body of at most <paramref name="limit"/> bytes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">In bytes.</param>
    public static async ValueTask<PooledBody> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            return default;
        }

        // One byte more than allowed, to tell "exactly the limit" from "more"; a known length needs no more than itself.
        var size = (int)(request.ContentLength ?? limit) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.AsMemory(length, size - length), request.HttpContext.RequestAborted);
                length += read;
                if (read == 0 || length == request.ContentLength)
                {
                    return new PooledBody(buffer, length);
                }

                if (length == size)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return default;
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
