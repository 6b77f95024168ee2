using System.Text;
using CsvHelper;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Reads a settlement file as a stream: its lines, or all that is wrong with it.</summary>
internal static class SettlementFileReader
{
    private const long MaxBytes = 50 * 1024 * 1024;
    private const int MaxLines = 1_000_000;

    // a quote that is never closed would make one record of the rest of the file
    private const int MaxRecord = 64 * 1024;

    /// <exception cref="RefusedException">The file is refused.</exception>
    public static async Task<SettlementFile> ReadAsync(Stream content, SettlementClock clock, CancellationToken cancellationToken)
    {
        var errors = new SettlementErrors();
        using var stream = new SettlementStream(content, MaxBytes);
        var lines = new List<SettlementLine>();
        try
        {
            await ReadAsync(stream, lines, clock, errors, cancellationToken).ConfigureAwait(false);
        }
        catch (CsvFormatException error)
        {
            errors.Add(checked((int)error.LineNumber), null, SettlementFileError.BadCsv, $"The line is longer than {MaxRecord} bytes, or a quote is never closed.");
        }

        if (stream.BytesRead == 0)
            throw new RefusedException(CommerceErrors.Required, "The file is empty.", "file");
        if (errors.All.Count > 0)
            throw new RefusedException(errors.All);
        // such files are all the same, so the second would be taken for the first; more often it is a failed download
        return lines.Count > 0 ? new SettlementFile(lines, stream.TakeHash(), clock) : throw new RefusedException(CommerceErrors.Required, "The file has no lines but the header.", "file");
    }

    private static async Task ReadAsync(SettlementStream stream, List<SettlementLine> lines, SettlementClock clock, SettlementErrors errors, CancellationToken cancellationToken)
    {
        CsvMalformedRecord? malformed = null;
        var options = new CsvReaderOptions
        {
            Separator = ',',
            // ours: it tells doubled columns
            HasHeader = false,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            // currencies, types and order ids repeat, and all lines are kept
            PoolStrings = true,
            Encoding = Encoding.UTF8,
            MaxRecordSize = MaxRecord,
            OnMalformedRecord = record => malformed = record,
        };
        var reader = CsvReader.Create(stream, options, leaveOpen: true);
        await using var closing = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            errors.Add(1, null, CommerceErrors.Required, "There is no header line.");
            return;
        }

        if (malformed is { } badHeader)
            errors.Add(checked((int)badHeader.LineNumber), null, SettlementFileError.BadCsv, Explain(badHeader.Reason));
        if (SettlementColumns.Read(reader, errors) is not { } columns)
            return;
        var parser = new SettlementLineParser(columns, clock, errors);
        for (var count = 1; !errors.IsFull && await NextAsync().ConfigureAwait(false); count++)
        {
            if (count > MaxLines)
                throw new RefusedException(CommerceErrors.TooLong, $"The file has more than {MaxLines} lines.", "file");
            if (malformed is { } bad)
                errors.Add(checked((int)bad.LineNumber), null, SettlementFileError.BadCsv, Explain(bad.Reason));
            else if (parser.Parse(reader) is { } line)
                lines.Add(line);
        }

        ValueTask<bool> NextAsync()
        {
            malformed = null;
            return reader.ReadAsync(cancellationToken);
        }
    }

    private static string Explain(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "There is a quote inside a field that doesn't begin with one.",
        CsvMalformedReason.TextAfterClosingQuote => "There is text after a closing quote.",
        CsvMalformedReason.UnterminatedQuote => "A quote is never closed.",
        _ => "The line isn't well-formed CSV.",
    };
}
