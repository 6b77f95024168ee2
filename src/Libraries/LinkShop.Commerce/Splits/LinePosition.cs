namespace LinkShop.Commerce.Splits;

/// <summary>How much of a line's amount was taken back by decided refunds, and who bears it.</summary>
/// <param name="ByMerchant">Every share gives its part back.</param>
/// <param name="ByPlatform">The platform pays, and all shares stay but referral rewards: nobody is rewarded for a sale that was given back.</param>
internal readonly record struct LineRefunds(long ByMerchant, long ByPlatform)
{
    public long All => ByMerchant + ByPlatform;
}

/// <summary>What everybody has of a line. A function of what the buyer paid and what was taken back, so that it doesn't matter in which steps that happened:
/// taking all of it back leaves nobody with anything.</summary>
internal static class LinePosition
{
    /// <summary>Rule of a supply share that stays whatever goes back to the buyer, once the goods are delivered.</summary>
    public const string Fixed = "reseller_pays";

    /// <summary>Rule of a supply share that goes back in proportion.</summary>
    public const string Proportional = "supplier_pays";

    public static bool IsFixed(Share share) => share is { Kind: ShareKind.Supply, Rule: Fixed };

    /// <summary>What the line's supplier is to have.</summary>
    public static long SupplyOf(IReadOnlyList<Share> shares, long total, long kept, long byPlatform, bool delivered)
    {
        var amounts = Of(shares, total, kept, byPlatform, delivered).Shares;
        var sum = 0L;
        for (var i = 1; i < amounts.Length; i++)
            sum += shares[i].Kind == ShareKind.Supply ? amounts[i] : 0;
        return sum;
    }

    /// <summary>What of each line is still paid. What isn't accounted for by decided refunds (given back at the provider, a lost dispute) falls on the lines in proportion to what is left of them.</summary>
    /// <param name="totals">The lines' amounts.</param>
    /// <param name="refunds">Decided refunds of each.</param>
    /// <param name="kept">What is still paid of all of them together.</param>
    public static long[] Kept(IReadOnlyList<long> totals, IReadOnlyList<LineRefunds> refunds, long kept)
    {
        var left = new long[totals.Count];
        for (var i = 0; i < left.Length; i++)
            left[i] = totals[i] - refunds[i].All;
        var more = left.Sum() - kept;
        if (more <= 0 || left.Sum() == 0)
            return left;
        var cuts = new Money(more, "XXX").Allocate(left);
        for (var i = 0; i < left.Length; i++)
            left[i] -= cuts[i].Minor;
        return left;
    }

    /// <summary>
    /// What each share has. Parts are rounded down; the merchant's is the rest. Referral rewards are of what is still paid, whoever bears the refund: what they give back lowers what the platform bears,
    /// and where rounding makes it more than that, the rest is the merchant's.
    /// </summary>
    /// <param name="shares">The line's shares when it was paid; the merchant's first.</param>
    /// <param name="total">Their sum.</param>
    /// <param name="kept">What is still paid.</param>
    /// <param name="byPlatform">What the platform paid back out of its own.</param>
    /// <param name="delivered">Whether a supplier has delivered: one that keeps its part does so from then on, and the merchant's may be below zero.</param>
    /// <returns>One amount for each share, and what the platform bears (zero or above); the amounts less that are <paramref name="kept"/>.</returns>
    public static (long[] Shares, long Borne) Of(IReadOnlyList<Share> shares, long total, long kept, long byPlatform, bool delivered = false)
    {
        var borne = Math.Min(byPlatform, total - kept);
        var basis = kept + borne;
        var amounts = new long[shares.Count];
        var rewardsBack = 0L;
        amounts[0] = basis;
        for (var i = 1; i < amounts.Length; i++)
        {
            var full = delivered && IsFixed(shares[i]) ? shares[i].Minor : PartOf(shares[i].Minor, basis, total);
            amounts[i] = IsReward(shares[i]) ? PartOf(shares[i].Minor, kept, total) : full;
            amounts[0] -= full;
            rewardsBack += full - amounts[i];
        }

        amounts[0] += Math.Max(0, rewardsBack - borne);
        return (amounts, Math.Max(0, borne - rewardsBack));
    }

    private static bool IsReward(Share share) => share.Kind is ShareKind.Promoter or ShareKind.Introducer;

    private static long PartOf(long minor, long basis, long total) => (long)((Int128)minor * basis / total);
}
