using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using Microsoft.Extensions.Localization;

namespace LinkShop.VirtualGoods.Services;

internal static class BuyerFieldValidator
{
    public static void Check(IReadOnlyList<BuyerFieldDefinition> fields, IStringLocalizer S, Action<string, string> fail)
    {
        if (fields.Count > OfferRules.MaxFields)
            fail(S["A product asks buyers at most {0} things.", OfferRules.MaxFields], $"{nameof(VirtualGoodsPart.BuyerFields)}[{OfferRules.MaxFields}].Name");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            var at = $"{nameof(VirtualGoodsPart.BuyerFields)}[{i}].";
            if (!OfferRules.IsFieldName(field.Name))
                fail(S["The buyer field name '{0}' must begin with a letter and have up to {1} letters, digits or underscores.", field.Name, OfferRules.MaxFieldName], at + nameof(field.Name));
            else if (!names.Add(field.Name))
                fail(S["The buyer field '{0}' occurs twice.", field.Name], at + nameof(field.Name));
            if (field.MinLength < 0 || field.MaxLength < Math.Max(1, field.MinLength) || field.MaxLength > OfferRules.MaxFieldLength)
                fail(S["The lengths of buyer field '{0}' must be within 0 and {1}, the smaller one first.", field.Name, OfferRules.MaxFieldLength], at + nameof(field.MaxLength));
            if (field.Kind == BuyerFieldKind.Choice && field.Choices.Count == 0)
                fail(S["The buyer field '{0}' needs choices.", field.Name], at + nameof(field.Choices));
            if (field.Kind == BuyerFieldKind.Choice && field.Choices.Count > OfferRules.MaxChoices)
                fail(S["The buyer field '{0}' has more than {1} choices.", field.Name, OfferRules.MaxChoices], at + nameof(field.Choices));
            if (field.Pattern?.Length > OfferRules.MaxPattern)
                fail(S["The pattern of buyer field '{0}' is longer than {1} characters.", field.Name, OfferRules.MaxPattern], at + nameof(field.Pattern));
            else if (!string.IsNullOrEmpty(field.Pattern) && !OfferRules.IsPattern(field.Pattern))
                fail(S["The pattern of buyer field '{0}' isn't a regular expression without look-around and back-references.", field.Name], at + nameof(field.Pattern));
        }
    }
}
