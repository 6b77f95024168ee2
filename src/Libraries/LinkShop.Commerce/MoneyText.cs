using System.Globalization;

namespace LinkShop.Commerce;

/// <summary>Reading and writing amounts.</summary>
internal static class MoneyText
{
    internal static decimal Scale(int digits) => digits switch { 0 => 1m, 2 => 100m, 3 => 1_000m, _ => 10_000m };

    internal static string Format(Money money, CultureInfo culture)
    {
        var number = (NumberFormatInfo)culture.NumberFormat.Clone();
        number.CurrencyDecimalDigits = Currencies.DigitsOf(money.Currency);
        number.CurrencySymbol = Symbol(money.Currency);
        // a code needs a gap before the digits, a symbol doesn't
        if (number.CurrencySymbol.Length == 3)
        {
            number.CurrencyPositivePattern = number.CurrencyPositivePattern is 0 or 2 ? 2 : 3;
            number.CurrencyNegativePattern = number.CurrencyPositivePattern == 2 ? 12 : 8;
        }

        return money.ToDecimal().ToString("C", number);
    }

    internal static CommerceResult<Money> Parse(string? text, string currency, string? field, CultureInfo culture)
    {
        if (!Currencies.IsKnown(currency))
            return new CommerceError(CommerceErrors.Invalid, $"'{currency}' is not an ISO 4217 currency.", field);
        if (string.IsNullOrWhiteSpace(text))
            return new CommerceError(CommerceErrors.Required, "An amount is required.", field);
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (!decimal.TryParse(Typed.Plain(text), Style, culture, out var value))
            return new CommerceError(CommerceErrors.Invalid, $"'{text}' is not an amount.", field);
        var digits = Currencies.DigitsOf(currency);
        // bounded before scaling: the product must fit a long, and the check itself must not overflow
        if (Math.Abs(value) > long.MaxValue / 10_000)
            return new CommerceError(CommerceErrors.Invalid, "The amount is too large.", field);
        var minor = value * Scale(digits);
        if (minor != decimal.Truncate(minor))
            return new CommerceError(CommerceErrors.Invalid, $"{currency} has {digits} decimals; '{text.Trim()}' has more.", field);
        return new Money((long)minor, currency);
    }

    private static string Symbol(string currency) => currency switch
    {
        "CNY" => "¥",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "KRW" => "₩",
        "INR" => "₹",
        _ => currency,
    };
}
