using System.Globalization;
using System.Security.Cryptography;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.ViewModels;
using Microsoft.Extensions.Localization;

namespace LinkShop.VirtualGoods.Drivers;

/// <summary>Between variants as stored and as the form has them.</summary>
internal sealed class SkuRows(string currency, IStringLocalizer S, Action<string, string> fail)
{
    // none that is taken for another when it is read out
    private const string CodeLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int CodeLength = 10;

    public static SkuRow ToRow(SkuDefinition sku, string currency, IEnumerable<string> cultures) => new()
    {
        Id = sku.Id,
        Name = sku.Name,
        Names = cultures.ToDictionary(culture => culture, culture => sku.Names.GetValueOrDefault(culture)),
        Price = Text(sku.PriceMinor, currency),
        OriginalPrice = Text(sku.OriginalPriceMinor, currency),
        Tiers = string.Join('\n', sku.Tiers.Select(tier => $"{tier.MinQuantity} = {Text(tier.UnitPriceMinor, currency)}")),
        MinPerOrder = sku.MinPerOrder,
        MaxPerOrder = sku.MaxPerOrder,
        MaxPerBuyer = sku.MaxPerBuyer,
        MaxPerAddress = sku.MaxPerAddress,
        Delivery = sku.Delivery,
        PerUnit = sku.PerUnit,
        PoolId = sku.PoolId > 0 ? sku.PoolId : null,
        PickOrder = sku.PickOrder,
        PickSurcharge = Text(sku.PickSurchargeMinor, currency),
        OnSale = sku.OnSale,
        IsSupplied = sku.Supply is not null,
        HasDeliveryText = !string.IsNullOrEmpty(sku.DeliveryTextProtected),
    };

    /// <summary>Gives variants a code that were filled in without one: it is for machines, and few people want to think of one.</summary>
    /// <param name="rows">Those that are kept.</param>
    /// <param name="cleared">Whether one that is stored is named by none of the rows: its code was taken out, and under another it would be another variant.</param>
    public static void NameNew(IEnumerable<SkuRow> rows, bool cleared)
    {
        foreach (var row in rows.Where(row => !cleared && string.IsNullOrWhiteSpace(row.Id)))
            row.Id = RandomNumberGenerator.GetString(CodeLetters, CodeLength);
    }

    public SkuDefinition ToSku(SkuRow row, string field, SkuDefinition? stored) => new()
    {
        Id = row.Id?.Trim() ?? "",
        Name = row.Name?.Trim() ?? "",
        Names = Named(row.Names),
        PriceMinor = Amount(row.Price, field + nameof(row.Price)) ?? Missing(field + nameof(row.Price)),
        OriginalPriceMinor = Amount(row.OriginalPrice, field + nameof(row.OriginalPrice)),
        Tiers = ParseTiers(row.Tiers, field + nameof(row.Tiers)),
        MinPerOrder = row.MinPerOrder,
        MaxPerOrder = row.MaxPerOrder,
        MaxPerBuyer = row.MaxPerBuyer,
        MaxPerAddress = row.MaxPerAddress,
        // whose goods these are isn't the form's to say
        Delivery = stored?.Supply is null ? row.Delivery : DeliveryKind.Supplied,
        Supply = stored?.Supply,
        PerUnit = row.PerUnit,
        PoolId = row.PoolId ?? 0,
        PickOrder = row.PickOrder,
        PickSurchargeMinor = Amount(row.PickSurcharge, field + nameof(row.PickSurcharge)),
        DeliveryText = string.IsNullOrWhiteSpace(row.DeliveryText) ? null : row.DeliveryText,
        DeliveryTextProtected = stored?.DeliveryTextProtected,
        OnSale = row.OnSale,
    };

    public static Dictionary<string, string> Named(Dictionary<string, string?> values) => values
        .Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!.Trim());

    private static string? Text(long? minor, string currency) =>
        minor is { } value ? new Money(value, Currencies.IsKnown(currency) ? currency : "CNY").ToDecimalString() : null;

    private long Missing(string field)
    {
        fail(S["A price is required."], field);
        return 0;
    }

    private long? Amount(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var parsed = Money.Parse(text, Currencies.IsKnown(currency) ? currency : "CNY", field, CultureInfo.InvariantCulture);
        if (parsed.Succeeded)
            return parsed.Value.Minor;
        fail(S["'{0}' is not an amount, like 9.80.", text.Trim()], field);
        return 0;
    }

    private List<WholesaleTier> ParseTiers(string? text, string field)
    {
        var tiers = new List<WholesaleTier>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sides = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length == 2 && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity)
                && Money.Parse(sides[1], Currencies.IsKnown(currency) ? currency : "CNY", field, CultureInfo.InvariantCulture) is { Succeeded: true } price)
                tiers.Add(new(quantity, price.Value.Minor));
            else
                fail(S["'{0}' is not a wholesale price, like 10 = 9.50.", line], field);
        }

        return tiers;
    }
}
