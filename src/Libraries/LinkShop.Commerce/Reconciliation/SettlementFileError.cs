using System.Globalization;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Something wrong in a settlement file.</summary>
/// <param name="Line">Number of the line as an editor shows it, from 1.</param>
/// <param name="Column">Name of the column, or null when it is about the whole line.</param>
/// <param name="Code">One of the codes below.</param>
/// <param name="Message">English sentence.</param>
public sealed record SettlementFileError(int Line, string? Column, string Code, string Message)
{
    /// <summary>The header lacks a column.</summary>
    public const string ColumnMissing = "column_missing";
    /// <summary>An amount isn't a positive decimal number.</summary>
    public const string BadAmount = "bad_amount";
    /// <summary>An amount has more decimals than its currency; it is never rounded.</summary>
    public const string TooManyDecimals = "too_many_decimals";
    /// <summary>A currency isn't an ISO 4217 code.</summary>
    public const string UnknownCurrency = "unknown_currency";
    /// <summary>A time is neither ISO 8601 with an offset nor a date.</summary>
    public const string BadTime = "bad_time";
    /// <summary>A type isn't payment, refund, fee or chargeback.</summary>
    public const string UnknownType = "unknown_type";
    /// <summary>The line isn't well-formed CSV in UTF-8.</summary>
    public const string BadCsv = "bad_csv";

    private const string Prefix = "lines[";

    /// <summary>Reads the line and column out of an error of <see cref="IReconciliations.ImportAsync"/>.</summary>
    /// <param name="error">The error.</param>
    /// <returns>Null when it isn't about a line.</returns>
    public static SettlementFileError? Of(CommerceError error)
    {
        if (error.Field?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return null;
        var end = error.Field.IndexOf(']', StringComparison.Ordinal);
        var line = int.Parse(error.Field.AsSpan(Prefix.Length, end - Prefix.Length), CultureInfo.InvariantCulture);
        return new SettlementFileError(line, end + 2 < error.Field.Length ? error.Field[(end + 2)..] : null, error.Code, error.Message);
    }

    /// <summary>The form in which it is returned: its field is <c>lines[12].amount</c>.</summary>
    internal CommerceError ToCommerceError() => new(Code, Message, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Line}]{(Column is null ? "" : "." + Column)}"));
}
