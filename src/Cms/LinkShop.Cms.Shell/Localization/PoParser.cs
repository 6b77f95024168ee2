using System.Text;

namespace LinkShop.Cms.Shell.Localization;

/// <summary>One translation.</summary>
internal sealed record PoEntry(string? Context, string Id, string Text);

/// <summary>
/// Reads gettext's PO files: <c>msgctxt</c>, <c>msgid</c>, <c>msgid_plural</c>, <c>msgstr</c>, <c>msgstr[n]</c>, texts over several lines.
/// Of plural forms the first counts; fuzzy and empty translations do not.
/// </summary>
internal static class PoParser
{
    internal static List<PoEntry> Parse(TextReader reader, string file)
    {
        var entries = new List<PoEntry>();
        var entry = new Draft();
        StringBuilder? open = null;
        var number = 0;
        while (reader.ReadLine() is { } raw)
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0) continue;
            if (line[0] == '#')
            {
                if (!line.StartsWith("#,", StringComparison.Ordinal)) continue;
                entry = entry.NextIfComplete(entries);
                entry.Fuzzy |= line.Contains("fuzzy", StringComparison.Ordinal);
                continue;
            }
            if (line[0] == '"')
            {
                (open ?? throw Error(file, number, "a text without a keyword before it")).Append(Unquote(line, file, number));
                continue;
            }
            var space = line.IndexOfAny([' ', '\t']);
            if (space < 0) throw Error(file, number, $"'{line}' without a text");
            var keyword = line[..space];
            if (keyword is "msgctxt" or "msgid") entry = entry.NextIfComplete(entries);
            open = entry.Open(keyword) ?? throw Error(file, number, $"the unknown keyword '{keyword}'");
            open.Append(Unquote(line[space..].Trim(), file, number));
        }
        entry.NextIfComplete(entries);
        return entries;
    }

    private static FormatException Error(string file, int line, string what) => new($"{file}, line {line}: {what}.");

    private static string Unquote(string text, string file, int line)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') throw Error(file, line, "a text that is not in quotes");
        var result = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }
            result.Append(text[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
        }
        return result.ToString();
    }

    private sealed class Draft
    {
        private readonly StringBuilder _context = new(), _id = new(), _text = new(), _ignored = new();
        private bool _hasContext, _hasText;

        internal bool Fuzzy { get; set; }

        internal StringBuilder? Open(string keyword)
        {
            switch (keyword)
            {
                case "msgctxt":
                    _hasContext = true;
                    return _context;
                case "msgid":
                    return _id;
                case "msgstr" or "msgstr[0]":
                    _hasText = true;
                    return _text;
                default:
                    return keyword == "msgid_plural" || keyword.StartsWith("msgstr[", StringComparison.Ordinal) ? _ignored : null;
            }
        }

        /// <summary>Itself while it is incomplete; otherwise it is added and a new one begins.</summary>
        internal Draft NextIfComplete(List<PoEntry> entries)
        {
            if (!_hasText) return this;
            // the entry without an id is the file's head
            if (_id.Length > 0 && _text.Length > 0 && !Fuzzy) entries.Add(new(_hasContext ? _context.ToString() : null, _id.ToString(), _text.ToString()));
            return new Draft();
        }
    }
}
