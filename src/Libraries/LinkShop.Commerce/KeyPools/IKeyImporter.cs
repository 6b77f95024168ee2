namespace LinkShop.Commerce.KeyPools;

/// <summary>Form of an imported file; UTF-8 with or without byte-order mark.</summary>
public enum KeyFileFormat
{
    /// <summary>One key per line; blank lines are skipped.</summary>
    Text,

    /// <summary>Comma-separated with a header line naming the columns <c>key</c> (required), <c>label</c> and <c>note</c>.</summary>
    Csv,
}

/// <summary>Why a line was skipped.</summary>
public enum KeyLineProblem
{
    /// <summary>The same key stands on an earlier line of the file.</summary>
    DuplicateInFile,

    /// <summary>The pool has, or had, the same key.</summary>
    DuplicateInPool,

    /// <summary>The key, label or note is too long.</summary>
    TooLong,

    /// <summary>The column of the key is empty.</summary>
    NoKey,

    /// <summary>A quote isn't closed before the line ends.</summary>
    OpenQuote,

    /// <summary>The line has another number of columns than the header.</summary>
    WrongColumns,

    /// <summary>The line isn't valid UTF-8 or has control characters.</summary>
    BadCharacters,
}

/// <summary>What a key must be to be imported, for those who have it before it stands in a file.</summary>
public static class KeyRules
{
    /// <summary>Most bytes of a key in UTF-8.</summary>
    public const int MaxKeyBytes = KeyLineReader.MaxKeyLength;

    /// <summary>Most characters of a label.</summary>
    public const int MaxLabel = KeyLineReader.MaxLabelLength;

    /// <summary>What an import would skip this for, duplicates aside.</summary>
    /// <param name="key">The key.</param>
    /// <param name="label">Its label, or null.</param>
    /// <returns>The problem, or null.</returns>
    public static KeyLineProblem? Check(string key, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var bytes = System.Text.Encoding.UTF8.GetBytes(key.Trim());
        return bytes.Length == 0 ? KeyLineProblem.NoKey
            : !KeyLineReader.IsText(bytes) || (label is not null && !KeyLineReader.IsText(System.Text.Encoding.UTF8.GetBytes(label))) ? KeyLineProblem.BadCharacters
            : bytes.Length > MaxKeyBytes || label?.Trim().Length > MaxLabel ? KeyLineProblem.TooLong
            : null;
    }
}

/// <summary>A skipped line.</summary>
/// <param name="Line">Line number in the file, from 1.</param>
/// <param name="Problem">Why.</param>
/// <param name="Columns">How many columns the line has; 0 unless that is the problem.</param>
/// <param name="Expected">How many the header has; 0 unless that is the problem.</param>
public sealed record SkippedLine(long Line, KeyLineProblem Problem, int Columns = 0, int Expected = 0);

/// <summary>How far an import is.</summary>
/// <param name="Lines">Lines read so far.</param>
/// <param name="Imported">Keys stored so far.</param>
/// <param name="Skipped">Lines skipped so far.</param>
/// <param name="BytesRead">Bytes of the file read so far.</param>
public sealed record KeyImportProgress(long Lines, long Imported, long Skipped, long BytesRead);

/// <summary>Outcome of an import.</summary>
/// <param name="BatchId">The import.</param>
/// <param name="Lines">Lines read, blank ones and the header included.</param>
/// <param name="Imported">Keys now on sale.</param>
/// <param name="Duplicates">Lines skipped because their key was there before.</param>
/// <param name="Bad">Lines skipped because they make no valid key.</param>
/// <param name="Skipped">The first skipped lines in file order (at most <see cref="MaxSkippedListed"/>); the counts are complete.</param>
public sealed record KeyImportReport(long BatchId, long Lines, long Imported, long Duplicates, long Bad, IReadOnlyList<SkippedLine> Skipped)
{
    /// <summary>Most skipped lines that a report lists.</summary>
    public const int MaxSkippedListed = 1000;
}

/// <summary>Fills pools from files.</summary>
public interface IKeyImporter
{
    /// <summary>
    /// Imports a file, streamed. Bad and duplicate lines are skipped and reported. The keys go on sale only when the whole file is stored;
    /// if it can't be read to its end, or the process dies before that, nothing is imported.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool; not a reusable one.</param>
    /// <param name="content">The file; stays open.</param>
    /// <param name="format">Its form.</param>
    /// <param name="source">File name or other origin, for the list of imports.</param>
    /// <param name="progress">Told about once for each few thousand lines.</param>
    /// <param name="cancellationToken">Gives up and undoes what was stored.</param>
    /// <returns>The report.</returns>
    /// <exception cref="CommerceException">No such pool (<c>key_pool_not_found</c>), a reusable one (<c>key_pool_reusable</c>), one that is being filled already (<c>key_pool_busy</c>), or a csv header without <c>key</c> (<c>key_file_header</c>).</exception>
    Task<KeyImportReport> ImportAsync(TenantScope scope, long poolId, Stream content, KeyFileFormat format, string source, IProgress<KeyImportProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Undoes the imports that a dead process left behind. Called at start-up and, for the processes of others, once a minute.</summary>
    /// <param name="cancellationToken">Gives up between two chunks.</param>
    /// <returns>How many were undone.</returns>
    Task<int> RecoverAsync(CancellationToken cancellationToken = default);
}
