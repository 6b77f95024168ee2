using System.Globalization;
using System.Text.Unicode;
using CsvHelper;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Turns the line a reader stands on into a <see cref="SettlementLine"/>, or reports everything that is wrong with it.</summary>
internal sealed class SettlementLineParser(SettlementColumns columns, SettlementClock clock, SettlementErrors errors)
{
    private const int MaxId = 128;

    // decimal holds 28 digits and rounds what it can't: so few are exact
    private const int MaxAmountLength = 24;

    /// <summary>A million lines of it can still be added up.</summary>
    private const long MostMinor = 1_000_000_000_000;

    private bool _sound;

    public SettlementLine? Parse(CsvReader reader)
    {
        var line = checked((int)reader.LineNumber);
        _sound = true;
        if (!Utf8.IsValid(reader.RawRecord))
            return Refuse(line, null, SettlementFileError.BadCsv, "The line isn't valid UTF-8.");
        if (reader.FieldCount > columns.Count)
            return Refuse(line, null, SettlementFileError.BadCsv, $"The line has {reader.FieldCount} fields, the first line {columns.Count}.");
        var type = Type(line, Text(reader, columns.Type));
        var paymentId = Id(line, SettlementColumns.PaymentIdName, Text(reader, columns.PaymentId), type != SettlementType.Fee);
        var currency = Currency(line, Text(reader, columns.Currency));
        var amount = Amount(line, Text(reader, columns.Amount), currency, type == SettlementType.Fee);
        var at = Time(line, Text(reader, columns.Time));
        var orderId = Id(line, SettlementColumns.OrderIdName, Text(reader, columns.OrderId), required: false);
        var reference = Id(line, SettlementColumns.ReferenceName, Text(reader, columns.Reference), required: false);
        return _sound ? new SettlementLine(line, paymentId, type!.Value, amount, at, NullIfEmpty(orderId), NullIfEmpty(reference)) : null;
    }

    private static string Text(CsvReader reader, int column) => column < 0 || column >= reader.FieldCount ? "" : reader.GetString(column).Trim();

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private SettlementType? Type(int line, string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "payment": return SettlementType.Payment;
            case "refund": return SettlementType.Refund;
            case "fee": return SettlementType.Fee;
            case "chargeback": return SettlementType.Chargeback;
            case "": Refuse(line, SettlementColumns.TypeName, CommerceErrors.Required, "A type is required."); break;
            default: Refuse(line, SettlementColumns.TypeName, SettlementFileError.UnknownType, $"'{Shown(text)}' is not payment, refund, fee or chargeback."); break;
        }

        return null;
    }

    private string Id(int line, string column, string text, bool required)
    {
        if (required && text.Length == 0)
            Refuse(line, column, CommerceErrors.Required, $"A {column} is required.");
        else if (text.Length > MaxId)
            Refuse(line, column, CommerceErrors.TooLong, $"At most {MaxId} characters.");
        else if (text.Any(char.IsControl))
            Refuse(line, column, SettlementFileError.BadCsv, "There is a control character in it.");
        return text;
    }

    private string? Currency(int line, string text)
    {
        // upper case of ASCII only: no culture and no look-alike makes a code of something else
        var code = text.Length == 3 && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : text;
        if (Currencies.IsKnown(code))
            return string.Intern(code);
        if (text.Length == 0)
            Refuse(line, SettlementColumns.CurrencyName, CommerceErrors.Required, "A currency is required.");
        else
            Refuse(line, SettlementColumns.CurrencyName, SettlementFileError.UnknownCurrency, $"'{Shown(text)}' is not an ISO 4217 currency.");
        return null;
    }

    private Money Amount(int line, string text, string? currency, bool mayBeZero)
    {
        const string Column = SettlementColumns.AmountName;
        if (text.Length == 0)
            Refuse(line, Column, CommerceErrors.Required, "An amount is required.");
        else if (text.Length > MaxAmountLength)
            Refuse(line, Column, CommerceErrors.TooLong, $"At most {MaxAmountLength} characters.");
        else if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || (value == 0 && !mayBeZero))
            Refuse(line, Column, SettlementFileError.BadAmount, $"'{Shown(text)}' is not a positive amount.");
        else if (value > MostMinor)
            Refuse(line, Column, SettlementFileError.BadAmount, "The amount is too large.");
        else if (currency is not null)
            return InMinorUnits(line, text, currency);
        return default;
    }

    private Money InMinorUnits(int line, string text, string currency)
    {
        var money = Money.Parse(text, currency);
        // form and size were looked at already, so it can only be the decimals
        if (!money.Succeeded)
            Refuse(line, SettlementColumns.AmountName, SettlementFileError.TooManyDecimals, money.Error!.Message);
        else if (money.Value.Minor > MostMinor)
            Refuse(line, SettlementColumns.AmountName, SettlementFileError.BadAmount, "The amount is too large.");
        return money.Succeeded ? money.Value : default;
    }

    private DateTimeOffset Time(int line, string text)
    {
        if (clock.TryRead(text, out var moment))
            return moment;
        if (text.Length == 0)
            Refuse(line, SettlementColumns.TimeName, CommerceErrors.Required, "A time is required.");
        else
            Refuse(line, SettlementColumns.TimeName, SettlementFileError.BadTime, $"'{Shown(text)}' is neither {clock.Expected}.");
        return default;
    }

    private SettlementLine? Refuse(int line, string? column, string code, string message)
    {
        _sound = false;
        errors.Add(line, column, code, message);
        return null;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
