using System.Globalization;

namespace LinkShop.Commerce;

/// <summary>An amount of money: whole minor units (fen, cent, yen) of an ISO 4217 currency. All arithmetic is exact and checked.</summary>
/// <param name="Minor">Minor units; negative for what is owed the other way.</param>
/// <param name="Currency">Known ISO 4217 code, upper case.</param>
public readonly record struct Money(long Minor, string Currency) : IComparable<Money>
{
    /// <summary>No money.</summary>
    /// <param name="currency">Known ISO 4217 code.</param>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Whether the amount is zero.</summary>
    public bool IsZero => Minor == 0;

    /// <summary>The sum.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum doesn't fit.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + Same(left, right).Minor), left.Currency);

    /// <summary>The difference.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The difference doesn't fit.</exception>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - Same(left, right).Minor), left.Currency);

    /// <summary>A unit price times a quantity.</summary>
    /// <exception cref="OverflowException">The product doesn't fit.</exception>
    public static Money operator *(Money unit, long quantity) => new(checked(unit.Minor * quantity), unit.Currency);

    /// <summary>Whether left is less.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether left is greater.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether left is less or the same.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether left is greater or the same.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Orders amounts of one currency.</summary>
    /// <param name="other">An amount of the same currency.</param>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => Minor.CompareTo(Same(this, other).Minor);

    /// <summary>A part in basis points (1/100 of a percent), rounded towards zero: the remainder stays with the one who gives the part.</summary>
    /// <param name="basisPoints">0 to 10,000.</param>
    public Money PortionDown(int basisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(basisPoints, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, 10_000);
        return new((long)((Int128)Minor * basisPoints / 10_000), Currency);
    }

    /// <summary>Splits the amount in proportion to weights so that the parts sum to it exactly.</summary>
    /// <remarks>Each part is rounded towards zero; the units left over go one by one to the largest remainders, ties to the earlier part.</remarks>
    /// <param name="weights">Not negative, at least one greater than zero.</param>
    /// <returns>One part per weight; a weight of zero gets nothing.</returns>
    /// <exception cref="ArgumentException">The weights can't be split by.</exception>
    public Money[] Allocate(params ReadOnlySpan<long> weights) => MoneyAllocation.Split(this, weights);

    /// <summary>The plain decimal number with the currency's decimals and a point: <c>12.30</c>. For APIs and gateways.</summary>
    public string ToDecimalString() => ToDecimal().ToString("F" + Currencies.DigitsOf(Currency), CultureInfo.InvariantCulture);

    /// <summary>The amount in major units, exact; for display and gateways only, never for arithmetic.</summary>
    public decimal ToDecimal() => Minor / MoneyText.Scale(Currencies.DigitsOf(Currency));

    /// <summary>The amount as people of a culture write it, with the currency's symbol or code: <c>¥12.30</c>, <c>KWD 1.234</c>.</summary>
    /// <param name="culture">Whose separators and digits to use.</param>
    public string Format(CultureInfo culture) => MoneyText.Format(this, culture);

    /// <summary>Reads a decimal number in major units. More decimals than the currency has are refused, never rounded.</summary>
    /// <param name="text">For example <c>12.3</c>; no thousands separators.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="field">Field name for the error.</param>
    /// <param name="culture">Whose decimal separator counts; invariant when null.</param>
    public static CommerceResult<Money> Parse(string? text, string currency, string? field = null, CultureInfo? culture = null) =>
        MoneyText.Parse(text, currency, field, culture ?? CultureInfo.InvariantCulture);

    /// <summary>For logs and debuggers: <c>12.30 CNY</c>.</summary>
    public override string ToString() => Currencies.IsKnown(Currency) ? $"{ToDecimalString()} {Currency}" : $"{Minor} ({Currency})";

    private static Money Same(Money left, Money right) => left.Currency == right.Currency
        ? right
        : throw new InvalidOperationException($"Can't combine {left.Currency} with {right.Currency}.");
}
