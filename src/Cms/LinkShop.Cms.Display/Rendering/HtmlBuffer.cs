using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace LinkShop.Cms.Display.Rendering;

/// <summary>
/// What a template wrote, in pooled memory. It is written to its parent by copying characters, which is cheaper than the
/// framework's lists of boxed fragments for templates of a few hundred characters. Lives until the request ends.
/// </summary>
internal sealed class HtmlBuffer : TextWriter, IHtmlContent
{
    private const int FirstSize = 512;
    private const int LargestSize = 32 * 1024;
    private List<(char[] Chars, int Length)>? _full;
    private char[] _current = [];
    private int _length;

    public override Encoding Encoding => Encoding.UTF8;

    public bool IsEmpty => _length == 0 && _full is null;

    public override void Write(char value)
    {
        if (_length == _current.Length)
            Grow();

        _current[_length++] = value;
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_length == _current.Length)
                Grow();

            var part = buffer[..Math.Min(buffer.Length, _current.Length - _length)];
            part.CopyTo(_current.AsSpan(_length));
            _length += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(object? value)
    {
        if (value is IHtmlContent html)
            html.WriteTo(this, Html.Encoder);
        else
            Write((value?.ToString()).AsSpan());
    }

    public override void WriteLine() => Write('\n');

    // The base class would run these on the thread pool.
    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(string? value)
    {
        Write(value.AsSpan());
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer.AsSpan(index, count));
        return Task.CompletedTask;
    }

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return Task.CompletedTask;
    }

    public override Task FlushAsync() => Task.CompletedTask;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        foreach (var (chars, length) in _full ?? [])
            writer.Write(chars.AsSpan(0, length));

        if (_length > 0)
            writer.Write(_current.AsSpan(0, _length));
    }

    public int Utf8Length()
    {
        var bytes = Encoding.UTF8.GetByteCount(_current.AsSpan(0, _length));
        foreach (var (chars, length) in _full ?? [])
            bytes += Encoding.UTF8.GetByteCount(chars.AsSpan(0, length));

        return bytes;
    }

    public void WriteUtf8(IBufferWriter<byte> output)
    {
        foreach (var (chars, length) in _full ?? [])
            WriteUtf8(output, chars.AsSpan(0, length));

        WriteUtf8(output, _current.AsSpan(0, _length));
    }

    public override string ToString()
    {
        using var text = new StringWriter();
        WriteTo(text, Html.Encoder);
        return text.ToString();
    }

    /// <summary>Gives the memory back; the content is gone.</summary>
    public void Release()
    {
        foreach (var (chars, _) in _full ?? [])
            ArrayPool<char>.Shared.Return(chars);

        if (_current.Length > 0)
            ArrayPool<char>.Shared.Return(_current);

        _full = null;
        _current = [];
        _length = 0;
    }

    private static void WriteUtf8(IBufferWriter<byte> output, ReadOnlySpan<char> chars)
    {
        while (!chars.IsEmpty)
        {
            var part = chars[..Math.Min(chars.Length, 4096)];
            // A pair of surrogates must not be torn apart.
            if (part.Length < chars.Length && char.IsHighSurrogate(part[^1]))
                part = part[..^1];

            output.Advance(Encoding.UTF8.GetBytes(part, output.GetSpan(Encoding.UTF8.GetMaxByteCount(part.Length))));
            chars = chars[part.Length..];
        }
    }

    // A pair of surrogates may lie across two blocks; keeping them together here keeps the encoding simple.
    private void Grow()
    {
        if (_current.Length == 0)
        {
            _current = ArrayPool<char>.Shared.Rent(FirstSize);
            return;
        }

        var next = ArrayPool<char>.Shared.Rent(Math.Min(_current.Length * 4, LargestSize));
        var torn = _length > 1 && char.IsHighSurrogate(_current[_length - 1]);
        if (torn)
            next[0] = _current[_length - 1];

        (_full ??= []).Add((_current, torn ? _length - 1 : _length));
        _current = next;
        _length = torn ? 1 : 0;
    }
}
