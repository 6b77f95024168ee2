using System.Text.RegularExpressions;
using LinkShop.Commerce.KeyPools;

namespace LinkShop.Commerce.Support;

/// <summary>Keeps card keys out of mails: those of the order, and whatever looks like one, because buyers paste keys of other orders and shops too.</summary>
internal static partial class MailSecrets
{
    public static string Mask(string text, IEnumerable<string> secrets, string? orderNumber) =>
        LikeAKey().Replace(SecretMask.In(text, secrets), match => match.Value.Equals(orderNumber, StringComparison.OrdinalIgnoreCase) ? match.Value : SecretMask.Of(match.Value));

    // groups with hyphens that have a digit (AB12-CD34-EF56), or one word of at least ten letters and digits mixed; not what belongs to an address
    [GeneratedRegex(@"(?<![\w/.@:=&?%-])(?:(?=[A-Za-z-]*\d)[A-Za-z0-9]{3,}(?:-[A-Za-z0-9]{3,})+|(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{10,}|\d{12,})(?![\w/@:-])")]
    private static partial Regex LikeAKey();
}
