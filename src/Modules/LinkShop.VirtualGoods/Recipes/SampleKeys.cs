using System.Security.Cryptography;

namespace LinkShop.VirtualGoods.Recipes;

/// <summary>Makes up keys for demonstrations.</summary>
internal static class SampleKeys
{
    // without I and O, which people mistake for digits
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    public static IEnumerable<string> Make(string pattern, int count)
    {
        var made = new HashSet<string>(count);
        while (made.Count < count)
        {
            var key = string.Create(pattern.Length, pattern, static (span, form) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = form[i] switch { '#' => Pick(Digits), '@' => Pick(Letters), var c => c };
            });
            if (made.Add(key))
                yield return key;
        }
    }

    private static char Pick(string characters) => characters[RandomNumberGenerator.GetInt32(characters.Length)];
}
