using System.Text;
using System.Text.Unicode;

namespace LinkShop.Commerce.KeyPools;

/// <summary>Reads the lines of a key file in a buffer of fixed size: an endless line costs nothing.</summary>
internal sealed class KeyLineReader(Stream content)
{
    public const int MaxKeyLength = 4000;
    public const int MaxLabelLength = 200;
    public const int MaxNoteLength = 1000;
    private const int MaxLine = 16 * 1024;
    private readonly byte[] _buffer = new byte[4 * MaxLine];
    private int _start;
    private int _end;
    private bool _atEnd;
    private bool _skipping;

    public long BytesRead { get; private set; }

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Takes the next line out of the buffer.</summary>
    /// <param name="line">The line without its end; valid until the next <see cref="FillAsync"/>.</param>
    /// <param name="isTooLong">The line is longer than the buffer allows; <paramref name="line"/> is empty.</param>
    /// <returns>False if the buffer must be filled first, or everything was read.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool isTooLong)
    {
        line = default;
        isTooLong = false;
        var rest = _buffer.AsSpan(_start, _end - _start);
        var length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            if (!_atEnd)
            {
                DropTooLong(rest.Length);
                return false;
            }

            if (rest.IsEmpty && !_skipping)
            {
                return false;
            }
        }

        var taken = length < 0 ? rest.Length : length;
        _start += length < 0 ? taken : taken + 1;
        LineNumber++;
        isTooLong = _skipping || taken > MaxLine;
        _skipping = false;
        line = isTooLong ? default : rest[..taken];
        if (LineNumber == 1 && line.StartsWith(Encoding.UTF8.Preamble))
        {
            line = line[Encoding.UTF8.Preamble.Length..];
        }

        return true;
    }

    /// <summary>Reads more of the file.</summary>
    /// <returns>False after the end, once <see cref="TryRead"/> has given the last line.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_atEnd)
        {
            return false;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = await content.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        BytesRead += read;
        _atEnd = read == 0;
        return true;
    }

    /// <summary>Whether a text can be stored: valid UTF-8 without control characters (tabs may separate parts of a key).</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b is < 0x20 and not (byte)'\t' or 0x7f)
            {
                return false;
            }
        }

        return Utf8.IsValid(bytes);
    }

    private void DropTooLong(int length)
    {
        if (length > MaxLine || (_skipping && length > 0))
        {
            _skipping = true;
            _start = _end;
        }
    }
}
