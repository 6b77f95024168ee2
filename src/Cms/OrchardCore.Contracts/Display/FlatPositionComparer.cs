namespace OrchardCore.DisplayManagement.Zones;

/// <summary>Compares places such as <c>1</c>, <c>1.5</c>, <c>before</c> and <c>after</c>.</summary>
public class FlatPositionComparer : IComparer<IPositioned>, IComparer<string>
{
    private const int Edge = 9999;

    /// <summary>The comparer; it has no state.</summary>
    public static FlatPositionComparer Instance { get; } = new();

    private FlatPositionComparer()
    {
    }

    /// <summary>Compares the places of two items.</summary>
    public int Compare(IPositioned? x, IPositioned? y) => Compare(x?.Position, y?.Position);

    /// <summary>Compares two places; an absent one counts as <c>0</c>.</summary>
    public int Compare(string? x, string? y)
    {
        if (ReferenceEquals(x, y))
            return 0;

        var left = x.AsSpan();
        var right = y.AsSpan();
        while (true)
        {
            var a = Next(ref left, out var aText);
            var b = Next(ref right, out var bText);
            var order = a.CompareTo(b);
            if (order == 0)
                order = aText.CompareTo(bText, StringComparison.OrdinalIgnoreCase);

            if (order != 0)
                return order;

            if (left.IsEmpty || right.IsEmpty)
                return left.Length.CompareTo(right.Length);
        }
    }

    private static int Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> text)
    {
        var end = rest.IndexOfAny('.', ':');
        var part = (end < 0 ? rest : rest[..end]).Trim();
        rest = end < 0 ? [] : rest[(end + 1)..];
        text = [];
        if (part.IsEmpty)
            return 0;

        if (part.Equals("before", StringComparison.OrdinalIgnoreCase))
            return -Edge;

        if (part.Equals("after", StringComparison.OrdinalIgnoreCase))
            return Edge;

        if (int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return number;

        text = part;
        return 0;
    }
}
