namespace LinkShop.Commerce;

/// <summary>Fields of a CSV file (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>The text as it is, in quotes where it must be.</summary>
    public static string Exact(string? text)
        => text is null ? "" : text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>The same for files that people open in a spreadsheet: what it would run as a formula gets an apostrophe in front.</summary>
    public static string Harmless(string? text) => Exact(text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text);
}
