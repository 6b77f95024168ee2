using System.Text.RegularExpressions;
using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using Microsoft.Extensions.Localization;

namespace LinkShop.VirtualGoods.Services;

internal static class BuyerFieldValidator
{
    private const int MaxValueLength = 2000;

    public static void Check(IReadOnlyList<BuyerFieldDefinition> fields, IStringLocalizer S, Action<string, string> fail)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            var at = $"{nameof(VirtualGoodsPart.BuyerFields)}[{i}].";
            if (field.Name.Length is 0 or > 50 || !char.IsAsciiLetter(field.Name[0]) || !field.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                fail(S["The buyer field name '{0}' must begin with a letter and have up to 50 letters, digits or underscores.", field.Name], at + nameof(field.Name));
            else if (!names.Add(field.Name))
                fail(S["The buyer field '{0}' occurs twice.", field.Name], at + nameof(field.Name));
            if (field.MinLength < 0 || field.MaxLength < Math.Max(1, field.MinLength) || field.MaxLength > MaxValueLength)
                fail(S["The lengths of buyer field '{0}' must be within 0 and {1}, the smaller one first.", field.Name, MaxValueLength], at + nameof(field.MaxLength));
            if (field.Kind == BuyerFieldKind.Choice && field.Choices.Count == 0)
                fail(S["The buyer field '{0}' needs choices.", field.Name], at + nameof(field.Choices));
            if (!string.IsNullOrEmpty(field.Pattern) && !IsLinear(field.Pattern))
                fail(S["The pattern of buyer field '{0}' isn't a regular expression without look-around and back-references.", field.Name], at + nameof(field.Pattern));
        }
    }

    // the value is typed by strangers: only expressions that match in linear time are let in
    private static bool IsLinear(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
