using System.Text.Json;

namespace LinkShop.Commerce.Offers;

/// <summary>What an offer must be before it is stored.</summary>
internal static class OfferValidator
{
    public static List<CommerceError> Validate(string productId, IReadOnlyList<Offer> offers)
    {
        var errors = new List<CommerceError>();
        if (string.IsNullOrWhiteSpace(productId) || productId.Length > 64)
            errors.Add(new(CommerceErrors.Invalid, "A product id has 1 to 64 characters.", "productId"));
        if (offers.Count > 200)
            errors.Add(new(CommerceErrors.TooLong, "A product has at most 200 variants.", "offers"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < offers.Count; i++)
        {
            var check = new Check(errors, $"offers[{i}].");
            Identity(offers[i], productId, seen, check);
            Prices(offers[i], check);
            Limits(offers[i].Limits, check);
            Delivery(offers[i], check);
            Fields(offers[i].Fields, check);
        }

        return errors;
    }

    private static void Identity(Offer offer, string productId, HashSet<string> seen, Check check)
    {
        check.That(offer.SkuId is { Length: >= 1 and <= 64 } && !offer.SkuId.Any(char.IsControl), "skuId", "A variant's id has 1 to 64 characters.");
        check.That(seen.Add(offer.SkuId ?? ""), "skuId", "Two variants have this id.");
        check.That(offer.ProductId == productId, "productId", "The offer names another product.");
        check.That(offer.Title is { Length: >= 1 and <= 300 }, "title", "A title has 1 to 300 characters.");
        check.That(offer.Variant is { Length: <= 200 }, "variant", "A variant's name has at most 200 characters.");
        check.That(offer.CategoryId is null or { Length: >= 1 and <= 64 }, "categoryId", "A category id has 1 to 64 characters.");
        check.That(IsJsonObject(offer.SnapshotJson), "snapshotJson", "The snapshot must be a JSON object of at most 20,000 characters.");
    }

    private static void Prices(Offer offer, Check check)
    {
        // large enough for everything sold, and a thousand of it stays far from overflow
        const long Highest = 1_000_000_000_000;
        check.That(Currencies.IsKnown(offer.Price.Currency), "price", "The currency isn't an ISO 4217 code.");
        check.That(offer.Price.Minor is >= 0 and <= Highest, "price", "The price is negative or too high.");
        check.That(offer.OriginalPriceMinor is null or (>= 0 and <= Highest), "originalPriceMinor", "The original price is negative or too high.");
        check.That(offer.PickSurchargeMinor is null or (>= 0 and <= Highest), "pickSurchargeMinor", "The surcharge is negative or too high.");
        check.That(offer.PickSurchargeMinor is null || offer.Delivery == DeliveryKind.CardKey, "pickSurchargeMinor", "Only card keys can be picked.");
        var quantity = 1;
        foreach (var tier in offer.Tiers)
        {
            check.That(tier.MinQuantity > quantity && tier.UnitPriceMinor is >= 0 and <= Highest, "tiers", "Tiers must ascend by quantity from 2 and have a price.");
            quantity = tier.MinQuantity;
        }
    }

    private static void Limits(PurchaseLimits limits, Check check)
    {
        check.That(limits.MinPerOrder is >= 1 and <= 1000, "limits.minPerOrder", "Between 1 and 1,000.");
        check.That(limits.MaxPerOrder >= limits.MinPerOrder && limits.MaxPerOrder <= 1000, "limits.maxPerOrder", "Between the minimum and 1,000.");
        check.That(limits.MaxPerBuyer is null or >= 1, "limits.maxPerBuyer", "At least 1.");
        check.That(limits.MaxPerAddress is null or >= 1, "limits.maxPerAddress", "At least 1.");
        check.That(limits.WindowMinutes is >= 1 and <= 525_600, "limits.windowMinutes", "Between 1 minute and a year.");
    }

    private static void Delivery(Offer offer, Check check)
    {
        var needsPool = offer.Delivery is DeliveryKind.CardKey or DeliveryKind.ReusableKey;
        check.That(Enum.IsDefined(offer.Delivery), "delivery", "There is no such kind of delivery.");
        check.That((offer.Delivery == DeliveryKind.Supplied) == offer.Supply is not null, "supply", "Goods of a supplier name its offer, others none.");
        check.That(offer.Supply is null || (offer.Tiers.Count == 0 && offer.Fields.Count == 0), "supply", "Goods of a supplier have one price and ask buyers nothing.");
        check.That(needsPool == offer.PoolId is not null, "poolId", "Card keys and reusable keys need a pool, other kinds none.");
        check.That(!offer.PerUnit || offer.Delivery is DeliveryKind.ReusableKey or DeliveryKind.Text, "perUnit", "Each unit of other kinds counts anyway.");
        check.That(offer.DeliveryText is null || offer.Delivery == DeliveryKind.Text, "deliveryText", "Only a text is delivered from here.");
        check.That(offer.DeliveryText is null or { Length: >= 1 and <= 20_000 }, "deliveryText", "A text has 1 to 20,000 characters.");
    }

    private static void Fields(IReadOnlyList<BuyerField> fields, Check check)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        check.That(fields.Count <= OfferRules.MaxFields, "fields", $"At most {OfferRules.MaxFields} fields.");
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            var path = $"fields[{i}]";
            check.That(OfferRules.IsFieldName(field.Name) && names.Add(field.Name!), path + ".name", "A name is a letter, then letters, digits or underscores, and unique.");
            check.That(Enum.IsDefined(field.Kind), path + ".kind", "There is no such kind.");
            check.That(field.MaxLength is >= 1 and <= OfferRules.MaxFieldLength && field.MinLength >= 0 && field.MinLength <= field.MaxLength, path + ".maxLength", "Lengths must be between 0 and 2,000, ascending.");
            check.That(field.Kind != BuyerFieldKind.Choice || field.Choices.Count is >= 1 and <= OfferRules.MaxChoices, path + ".choices", "A choice needs 1 to 200 values.");
            check.That(field.Pattern is null || OfferRules.IsPattern(field.Pattern), path + ".pattern", "Not a regular expression that can be matched in linear time (no look-around, no back-references).");
        }
    }

    private static bool IsJsonObject(string json)
    {
        if (json is not { Length: <= 20_000 })
            return false;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private readonly struct Check(List<CommerceError> errors, string prefix)
    {
        public void That(bool holds, string field, string message)
        {
            if (!holds)
                errors.Add(new CommerceError(CommerceErrors.Invalid, message, prefix + field));
        }
    }
}
