using System.Text;

namespace LinkShop.Commerce.KeyPools;

/// <summary>Finds key, label and note in a line.</summary>
internal sealed class KeyLineParser(KeyFileFormat format)
{
    private string[]? _columns;

    public byte[] Key { get; private set; } = [];

    public string? Label { get; private set; }

    public string? Note { get; private set; }

    /// <summary>How many columns the line has, and how many the header, where that is what is wrong.</summary>
    public (int Found, int Expected) Columns { get; private set; }

    /// <summary>Whether the line has nothing to import and no mistake: it is blank, or the header.</summary>
    public bool IsSkipped { get; private set; }

    /// <summary>Reads a line into <see cref="Key"/>, <see cref="Label"/> and <see cref="Note"/>.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    /// <exception cref="CommerceException">The csv header lacks <c>key</c> or names an unknown column.</exception>
    public KeyLineProblem? Parse(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r"u8);
        (Label, Note, IsSkipped, Columns) = (null, null, line.IsEmpty, default);
        if (IsSkipped)
        {
            return null;
        }

        if (!KeyLineReader.IsText(line))
        {
            return format == KeyFileFormat.Csv && _columns is null ? throw BadHeader("It isn't UTF-8 text.") : KeyLineProblem.BadCharacters;
        }

        if (format == KeyFileFormat.Text)
        {
            Key = line.ToArray();
            return Key.Length > KeyLineReader.MaxKeyLength ? KeyLineProblem.TooLong : null;
        }

        return ParseCsv(Encoding.UTF8.GetString(line));
    }

    private KeyLineProblem? ParseCsv(string line)
    {
        var fields = Split(line);
        if (_columns is null)
        {
            ReadHeader(fields);
            IsSkipped = true;
            return null;
        }

        if (fields is null)
        {
            return KeyLineProblem.OpenQuote;
        }

        if (fields.Count != _columns.Length)
        {
            Columns = (fields.Count, _columns.Length);
            return KeyLineProblem.WrongColumns;
        }

        Key = [];
        for (var i = 0; i < _columns.Length; i++)
        {
            var value = fields[i].Trim();
            switch (_columns[i])
            {
                case "key":
                    Key = Encoding.UTF8.GetBytes(value);
                    break;
                case "label":
                    Label = value.Length == 0 ? null : value;
                    break;
                default:
                    Note = value.Length == 0 ? null : value;
                    break;
            }
        }

        return Key.Length == 0 ? KeyLineProblem.NoKey
            : Key.Length > KeyLineReader.MaxKeyLength || Label?.Length > KeyLineReader.MaxLabelLength || Note?.Length > KeyLineReader.MaxNoteLength ? KeyLineProblem.TooLong
            : null;
    }

    private void ReadHeader(List<string>? fields)
    {
        var columns = (fields ?? throw BadHeader("A quote isn't closed.")).Select(f => f.Trim().ToLowerInvariant()).ToArray();
        if (columns.FirstOrDefault(c => c is not ("key" or "label" or "note")) is { } unknown)
        {
            throw BadHeader($"'{unknown}' is not a column.");
        }

        if (!columns.Contains("key") || columns.Distinct().Count() != columns.Length)
        {
            throw BadHeader("Every column stands there once, and 'key' is one of them.");
        }

        _columns = columns;
    }

    /// <summary>Splits at commas outside quotes; a doubled quote in quotes is one. Null if a quote isn't closed.</summary>
    private static List<string>? Split(string line)
    {
        var fields = new List<string>(3);
        var field = new StringBuilder();
        var inQuotes = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && inQuotes && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(c);
                i++;
            }
            else if (c == '"' && (inQuotes || string.IsNullOrWhiteSpace(field.ToString())))
            {
                inQuotes = !inQuotes;
            }
            else if (c == ',' && !inQuotes)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return inQuotes ? null : fields;
    }

    private static CommerceException BadHeader(string why) => new("key_file_header", $"The first line must name the columns key, label, note. {why}");
}
