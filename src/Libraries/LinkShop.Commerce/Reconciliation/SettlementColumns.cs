using System.Text;
using CsvHelper;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Where in a file's lines the columns are; -1 for one that the file doesn't have.</summary>
internal sealed class SettlementColumns
{
    public const string PaymentIdName = "payment_id";
    public const string TypeName = "type";
    public const string AmountName = "amount";
    public const string CurrencyName = "currency";
    public const string TimeName = "time";
    public const string OrderIdName = "order_id";
    public const string ReferenceName = "reference";
    private static readonly string[] s_required = [PaymentIdName, TypeName, AmountName, CurrencyName, TimeName];

    private SettlementColumns(Dictionary<string, int> places, int count)
    {
        Count = count;
        PaymentId = places.GetValueOrDefault(PaymentIdName, -1);
        Type = places.GetValueOrDefault(TypeName, -1);
        Amount = places.GetValueOrDefault(AmountName, -1);
        Currency = places.GetValueOrDefault(CurrencyName, -1);
        Time = places.GetValueOrDefault(TimeName, -1);
        OrderId = places.GetValueOrDefault(OrderIdName, -1);
        Reference = places.GetValueOrDefault(ReferenceName, -1);
    }

    public int Count { get; }

    public int PaymentId { get; }

    public int Type { get; }

    public int Amount { get; }

    public int Currency { get; }

    public int Time { get; }

    public int OrderId { get; }

    public int Reference { get; }

    /// <summary>Reads the header line the reader stands on; null when the lines can't be read by it.</summary>
    public static SettlementColumns? Read(CsvReader reader, SettlementErrors errors)
    {
        var line = checked((int)reader.LineNumber);
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var name = reader.GetString(i).Trim();
            if (!places.TryAdd(name, i) && (s_required.Contains(name, StringComparer.OrdinalIgnoreCase) || name.ToLowerInvariant() is OrderIdName or ReferenceName))
                errors.Add(line, name.ToLowerInvariant(), SettlementFileError.BadCsv, $"There are two columns '{name}'.");
        }

        var hint = SeparatorHint(reader);
        foreach (var name in s_required.Where(name => !places.ContainsKey(name)))
            errors.Add(line, name, SettlementFileError.ColumnMissing, $"There is no column '{name}' in the first line.{hint}");
        return errors.All.Count == 0 ? new SettlementColumns(places, reader.FieldCount) : null;
    }

    private static string SeparatorHint(CsvReader reader)
    {
        if (reader.FieldCount != 1)
            return "";
        var header = Encoding.UTF8.GetString(reader.RawRecord);
        return header.Contains(';', StringComparison.Ordinal) ? " The fields must be separated by ',', not by ';'."
            : header.Contains('\t', StringComparison.Ordinal) ? " The fields must be separated by ',', not by tabs." : "";
    }
}
