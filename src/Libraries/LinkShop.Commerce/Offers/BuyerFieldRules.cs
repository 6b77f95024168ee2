using System.Text.RegularExpressions;

namespace LinkShop.Commerce.Offers;

/// <summary>Checks what a buyer typed against an offer's fields. The patterns are compiled once per offer version.</summary>
internal sealed partial class BuyerFieldRules
{
    private readonly (BuyerField Field, Regex? Pattern)[] _fields;

    public BuyerFieldRules(IReadOnlyList<BuyerField> fields) =>
        _fields = [.. fields.Select(field => (field, field.Pattern is null ? null : Compile(field.Pattern)))];

    public bool Any => _fields.Length > 0;

    /// <summary>A merchant's pattern runs on every order, so it must not be able to backtrack for ever.</summary>
    public static Regex Compile(string pattern) => new($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The trimmed values of known fields; errors are added with names like <c>lines[0].fields.account</c>.</summary>
    public Dictionary<string, string> Check(IReadOnlyDictionary<string, string> given, string prefix, List<CommerceError> errors)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, pattern) in _fields)
        {
            var value = given.TryGetValue(field.Name, out var raw) ? raw?.Trim() ?? "" : "";
            if (Problem(field, pattern, value, $"{prefix}.{field.Name}") is { } error)
                errors.Add(error);
            else if (value.Length > 0)
                values.Add(field.Name, value);
        }

        foreach (var name in given.Keys)
        {
            if (!_fields.Any(f => f.Field.Name == name))
                errors.Add(new CommerceError(CommerceErrors.Invalid, $"There is no field '{name}'.", $"{prefix}.{name}"));
        }

        return values;
    }

    private static CommerceError? Problem(BuyerField field, Regex? pattern, string value, string path)
    {
        if (value.Length == 0)
            return field.Required ? new CommerceError(CommerceErrors.Required, "This field is required.", path) : null;
        if (value.Length > field.MaxLength)
            return new CommerceError(CommerceErrors.TooLong, $"At most {field.MaxLength} characters.", path);
        if (value.Length < field.MinLength)
            return new CommerceError(CommerceErrors.TooShort, $"At least {field.MinLength} characters.", path);
        if (!HasForm(field, value) || pattern?.IsMatch(value) == false)
            return new CommerceError(CommerceErrors.Invalid, "The value doesn't have the required form.", path);
        return null;
    }

    private static bool HasForm(BuyerField field, string value) => field.Kind switch
    {
        BuyerFieldKind.Email => Ordering.Contact.IsEmail(value),
        BuyerFieldKind.Phone => Ordering.Contact.IsPhone(value),
        BuyerFieldKind.Digits => value.All(char.IsAsciiDigit),
        BuyerFieldKind.Choice => field.Choices.Contains(value, StringComparer.Ordinal),
        BuyerFieldKind.MultiLine => !value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')),
        _ => !value.Any(char.IsControl),
    };
}
