namespace LinkShop.Commerce;

/// <summary>Fields of a CSV file (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>The text as it is, in quotes where it must be.</summary>
    public static string Exact(string? text)
        => text is null ? "" : text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>
    /// A number or name of an account, which whoever pays by the file needs as it is. Without brackets, quotes, bars, commas and the like nothing that begins with + - or @ is a formula
    /// that does anything; what has them is made harmless.
    /// </summary>
    public static string Account(string? text) =>
        text is not null && text.All(c => char.IsLetterOrDigit(c) || c is '+' or '-' or '@' or '.' or '_' or ' ') ? Exact(text) : Harmless(text);

    /// <summary>The same for files that people open in a spreadsheet: what it would run as a formula gets an apostrophe in front.</summary>
    public static string Harmless(string? text) => Exact(text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text);
}
