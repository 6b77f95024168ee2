using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.ViewModels;

namespace LinkShop.VirtualGoods.Drivers;

/// <summary>Between buyer fields as stored and as the form has them.</summary>
internal static class BuyerFieldRows
{
    public static BuyerFieldRow ToRow(BuyerFieldDefinition field, IEnumerable<string> cultures) => new()
    {
        Name = field.Name,
        Kind = field.Kind,
        Required = field.Required,
        Secret = field.Secret,
        MinLength = field.MinLength,
        MaxLength = field.MaxLength,
        Pattern = field.Pattern,
        Choices = string.Join('\n', field.Choices),
        Labels = cultures.ToDictionary(culture => culture, culture => field.Labels.GetValueOrDefault(culture)),
    };

    public static BuyerFieldDefinition ToField(BuyerFieldRow row) => new()
    {
        Name = row.Name?.Trim() ?? "",
        Kind = row.Kind,
        Required = row.Required,
        Secret = row.Secret,
        MinLength = row.MinLength,
        MaxLength = row.MaxLength,
        Pattern = string.IsNullOrWhiteSpace(row.Pattern) ? null : row.Pattern.Trim(),
        Choices = [.. (row.Choices ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        Labels = SkuRows.Named(row.Labels),
    };
}
