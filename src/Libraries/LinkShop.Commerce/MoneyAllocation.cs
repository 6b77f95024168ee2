namespace LinkShop.Commerce;

/// <summary>Splitting an amount without losing or inventing a unit (largest remainder method).</summary>
internal static class MoneyAllocation
{
    internal static Money[] Split(Money amount, ReadOnlySpan<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights)
        {
            if (weight < 0)
                throw new ArgumentException("A weight is negative.", nameof(weights));
            total += weight;
        }

        if (total == 0)
            throw new ArgumentException("There is no weight above zero.", nameof(weights));
        var parts = new long[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = amount.Minor;
        for (var i = 0; i < weights.Length; i++)
        {
            var exact = (Int128)amount.Minor * weights[i];
            parts[i] = (long)(exact / total);
            remainders[i] = Int128.Abs(exact % total);
            left -= parts[i];
        }

        HandOut(parts, remainders, left);
        return [.. parts.Select(part => new Money(part, amount.Currency))];
    }

    // fewer units are left than there are parts with a remainder, so each gets at most one
    private static void HandOut(long[] parts, Int128[] remainders, long left)
    {
        var step = Math.Sign(left);
        for (; left != 0; left -= step)
        {
            var best = 0;
            for (var i = 1; i < remainders.Length; i++)
            {
                if (remainders[i] > remainders[best])
                    best = i;
            }

            parts[best] += step;
            remainders[best] = -1;
        }
    }
}
