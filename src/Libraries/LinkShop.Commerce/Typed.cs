namespace LinkShop.Commerce;

/// <summary>What people type where digits, letters and signs of ASCII are meant.</summary>
public static class Typed
{
    private const int Apart = '！' - '!';

    /// <summary>Full-width forms, as a Chinese keyboard gives them, as the plain characters that they stand for: <c>１２．５０</c> is <c>12.50</c>.</summary>
    /// <param name="text">As typed; what else is in it stays.</param>
    /// <returns>The same text when there are none; empty for null.</returns>
    public static string Plain(string? text)
    {
        if (text is null)
            return "";
        return text.AsSpan().IndexOfAnyInRange('！', '～') < 0 && !text.Contains('\u3000', StringComparison.Ordinal)
            ? text
            : string.Create(text.Length, text, static (plain, typed) =>
            {
                for (var i = 0; i < plain.Length; i++)
                    plain[i] = typed[i] switch { >= '！' and <= '～' => (char)(typed[i] - Apart), '\u3000' => ' ', _ => typed[i] };
            });
    }
}
