using System.Text.RegularExpressions;

namespace LinkShop.Commerce.Offers;

/// <summary>Bounds of what an offer asks of its buyers: one place for the catalogue and for every editor.</summary>
public static partial class OfferRules
{
    /// <summary>Most fields of an offer.</summary>
    public const int MaxFields = 20;

    /// <summary>Most characters of a field's name.</summary>
    public const int MaxFieldName = 40;

    /// <summary>Most characters that a field accepts.</summary>
    public const int MaxFieldLength = 2000;

    /// <summary>Most values to choose from.</summary>
    public const int MaxChoices = 200;

    /// <summary>Most characters of a pattern.</summary>
    public const int MaxPattern = 500;

    /// <summary>Whether a field may be called this: a letter, then letters, digits or underscores.</summary>
    /// <param name="name">The name.</param>
    public static bool IsFieldName(string? name) => name is { Length: <= MaxFieldName } && FieldName().IsMatch(name);

    /// <summary>Whether this is a regular expression that is short and can be matched in linear time: what strangers type is matched against it.</summary>
    /// <param name="pattern">The expression.</param>
    public static bool IsPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        try
        {
            return pattern.Length <= MaxPattern && BuyerFieldRules.Compile(pattern) is not null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex FieldName();
}
