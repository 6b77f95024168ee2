using System.Diagnostics;

namespace LinkShop.Bench;

/// <summary>Percentiles in milliseconds.</summary>
internal readonly record struct Latencies(double P50, double P99)
{
    public static Latencies Of(IEnumerable<IEnumerable<long>> ticks)
    {
        var all = ticks.SelectMany(t => t).Order().ToArray();
        return new Latencies(At(all, 0.50), At(all, 0.99));
    }

    /// <summary>Orders per second in a slice of the run, by order of completion (0 to 1).</summary>
    public static double RateOf(IEnumerable<BuyerClient> buyers, double from, double to)
    {
        var all = buyers.SelectMany(b => b.FinishedAt).Order().ToArray();
        var (first, last) = ((int)(all.Length * from), (int)(all.Length * to) - 1);
        return (last - first) / Stopwatch.GetElapsedTime(all[first], all[last]).TotalSeconds;
    }

    private static double At(long[] sorted, double share) =>
        Math.Round(sorted[(int)((sorted.Length - 1) * share)] * 1000.0 / Stopwatch.Frequency, 2);
}
