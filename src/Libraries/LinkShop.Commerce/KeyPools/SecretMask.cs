using System.Text;

namespace LinkShop.Commerce.KeyPools;

/// <summary>Shows of a secret as much as tells two of them apart, and says nothing of its length.</summary>
public static class SecretMask
{
    private const string Hidden = "•••";

    /// <summary>The first and last three characters of a long secret, one of each of a short one, none of a very short one.</summary>
    /// <param name="secret">The secret.</param>
    public static string Of(string secret)
    {
        // one line, because it stands in lists and notes
        var shown = secret.Trim().EnumerateRunes().Select(r => Rune.IsControl(r) ? new Rune(' ') : r).ToArray();
        var ends = shown.Length switch { >= 12 => 3, >= 6 => 1, _ => 0 };
        return $"{string.Concat(shown[..ends])}{Hidden}{string.Concat(shown[^ends..])}";
    }

    /// <summary>A text in which the secrets that somebody typed into it are masked.</summary>
    /// <param name="text">A note of staff, what a buyer wrote.</param>
    /// <param name="secrets">What must not be in it; those below four characters are taken for words.</param>
    public static string In(string text, IEnumerable<string> secrets)
    {
        // the longest first: a key can be the beginning of another
        foreach (var secret in secrets.Select(s => s.Trim()).Where(s => s.Length >= 4).OrderByDescending(s => s.Length))
            text = text.Replace(secret, Of(secret), StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>A card key and those of its parts (account and password) that somebody may have typed alone.</summary>
    /// <param name="key">The key.</param>
    public static IEnumerable<string> PartsOf(string key) =>
        key.Split(["----", "|", "\t", "\n", " "], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length >= 6).Append(key);
}
