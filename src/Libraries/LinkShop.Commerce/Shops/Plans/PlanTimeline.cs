namespace LinkShop.Commerce.Shops;

/// <summary>A term while it is laid out. Times in milliseconds.</summary>
internal sealed record TermSpan(string OrderId, int Line, string Plan, long Rank, long BoughtAt, long Kept)
{
    public long Used { get; set; }

    public long From { get; set; } = BoughtAt;

    public long Until { get; set; } = BoughtAt;
}

/// <summary>A stretch of time on one plan.</summary>
internal readonly record struct PlanSegment(string Plan, long Rank, long From, long Until);

/// <summary>
/// Where a shop's terms lie: at each moment the highest plan that was bought by then and isn't used up, the oldest of equals first. A higher plan stops the clock of a lower one;
/// nothing that was paid for is lost.
/// </summary>
internal static class PlanTimeline
{
    /// <summary>Lays the terms out, each with what it has used by a moment.</summary>
    /// <returns>Who runs when, in the order of time.</returns>
    public static List<PlanSegment> Lay(IReadOnlyList<TermSpan> terms, long horizon = long.MaxValue)
    {
        var segments = new List<PlanSegment>();
        foreach (var term in terms)
            (term.Used, term.From, term.Until) = (0, term.BoughtAt, term.BoughtAt);
        var now = terms.Count == 0 ? horizon : terms.Min(t => t.BoughtAt);
        while (now < horizon)
        {
            var at = now;
            var next = terms.Where(t => t.BoughtAt > at).Select(t => t.BoughtAt).DefaultIfEmpty(horizon).Min();
            var running = terms.Where(t => t.BoughtAt <= at && t.Used < t.Kept)
                .OrderByDescending(t => t.Rank).ThenBy(t => t.BoughtAt).ThenBy(t => t.OrderId, StringComparer.Ordinal).ThenBy(t => t.Line).FirstOrDefault();
            if (running is null)
            {
                now = next;
                continue;
            }

            var end = Math.Min(Math.Min(next, horizon), at + (running.Kept - running.Used));
            if (running.Used == 0)
                running.From = at;
            running.Used += end - at;
            running.Until = end;
            segments.Add(new PlanSegment(running.Plan, running.Rank, at, end));
            now = end;
        }

        return segments;
    }

    /// <summary>The plan at a moment, and until when the shop has it or a higher one without a gap; null when nothing that was paid for runs.</summary>
    public static (string Plan, long Until)? At(IReadOnlyList<PlanSegment> segments, long now)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i].From > now || segments[i].Until <= now)
                continue;
            var until = segments[i].Until;
            for (var next = i + 1; next < segments.Count && segments[next].From == until && segments[next].Rank >= segments[i].Rank; next++)
                until = segments[next].Until;
            return (segments[i].Plan, until);
        }

        return null;
    }
}
