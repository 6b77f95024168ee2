using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>What one promoter bought from another, in one currency.</summary>
internal sealed record RingEdge(string Promoter, string Buyer, string Currency, long Sales);

/// <summary>
/// Finds circles of up to six promoters who buy from each other. Among people who know each other long circles come about by chance, so only sales count that are a tenth or more of what their promoter sold:
/// that leaves at most ten from each, which is also what makes looking for circles cheap.
/// </summary>
internal sealed class ReferralRings
{
    private const int Longest = 6;

    // bounds for what somebody could make up: the night doesn't look any further
    private const int MostEdges = 2_000_000;
    private const int MostSteps = 50_000_000;

    // who is bought from by nobody in turn, or buys from nobody, is in no circle
    private const string Edges = """
        select e.promoter, e.buyer, e.currency, e.sales from
          (select r.promoter, r.buyer_promoter as buyer, r.currency, cast(sum(r.sales) as bigint) as sales from referral_relation r
           where r.tenant = @tenant and r.buyer_promoter is not null and r.buyer_promoter <> r.promoter
             and exists (select 1 from referral_relation n where n.tenant = @tenant and n.promoter = r.buyer_promoter and n.buyer_promoter is not null)
             and exists (select 1 from referral_relation b where b.tenant = @tenant and b.buyer_promoter = r.promoter)
           group by r.promoter, r.buyer_promoter, r.currency having sum(r.sales) > 0) e
          join referral_total t on t.tenant = @tenant and t.promoter = e.promoter and t.currency = e.currency
        where e.sales * 10 >= t.sales limit @most
        """;

    private readonly Dictionary<string, List<RingEdge>> _bySeller;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _steps;

    private ReferralRings(IEnumerable<RingEdge> edges) =>
        _bySeller = edges.GroupBy(e => e.Promoter, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    /// <summary>Of each promoter in a circle and each currency: how many others in circles with them bought from them, and what that came to.</summary>
    public static async Task<IReadOnlyList<ScanFinding>> FindAsync(ICommerceConnection connection, int most)
    {
        var edges = await connection.QueryAsync<RingEdge>(Edges, new { most = (long)MostEdges }).ConfigureAwait(false);
        return [.. new ReferralRings(edges).Find().Take(most)];
    }

    private IEnumerable<ScanFinding> Find()
    {
        foreach (var (seller, edges) in _bySeller)
        {
            var ringed = edges.Select(e => e.Buyer).Distinct().Where(b => LeadsBack(b, seller)).ToHashSet(StringComparer.Ordinal);
            foreach (var ring in edges.Where(e => ringed.Contains(e.Buyer)).GroupBy(e => e.Currency, StringComparer.Ordinal))
                yield return new(ReferralCaseKind.Ring, seller, null, ring.Count(), ring.Sum(e => e.Sales), ring.Key);
        }
    }

    // the shortest way back, by breadth: what is behind it is in the circle
    private bool LeadsBack(string buyer, string seller)
    {
        _seen.Clear();
        var edge = new List<string> { buyer };
        for (var length = 2; length <= Longest && edge.Count > 0; length++)
        {
            var next = new List<string>();
            foreach (var other in edge.SelectMany(at => _bySeller.GetValueOrDefault(at) ?? []))
            {
                if (other.Buyer == seller)
                    return true;
                if (++_steps > MostSteps)
                    return false;
                if (_seen.Add(other.Buyer))
                    next.Add(other.Buyer);
            }

            edge = next;
        }

        return false;
    }
}
