using LinkShop.Commerce.Referrals;

namespace LinkShop.Referrals.ViewModels;

/// <summary>Becoming a promoter.</summary>
/// <param name="Again">Whether they were one and left.</param>
/// <param name="BroughtBy">Shown name of who they were recommended by; null for nobody.</param>
/// <param name="TwoLevels">Whether a plan pays who brought a promoter a share of what that promoter sells.</param>
public sealed record JoinPage(JoinForm Form, string Shop, bool Again, string? BroughtBy, bool TwoLevels);

/// <summary>What promoters agree to.</summary>
/// <param name="TwoLevels">As for <see cref="JoinPage"/>.</param>
public sealed record TermsPage(string Shop, bool TwoLevels);

/// <summary>What is agreed to when joining.</summary>
public sealed class JoinForm
{
    public string? Name { get; set; }

    /// <summary>Their phone number, if they say it.</summary>
    public string? Phone { get; set; }

    public bool Adult { get; set; }

    public bool Terms { get; set; }

    public bool Listed { get; set; }

    /// <summary>What they wanted to recommend when they found that they have to join first.</summary>
    public string? Product { get; set; }
}

/// <summary>A promoter's desk.</summary>
/// <param name="Days">Of how many days the charts are.</param>
/// <param name="Products">Names of variants by id.</param>
/// <param name="Cases">Their cases, newest first.</param>
/// <param name="Tier">What their tier is called; null for none.</param>
/// <param name="Now">The time: whether an appeal can still be made depends on it.</param>
public sealed record DeskPage(PromoterDesk Desk, int Days, IReadOnlyDictionary<string, string> Products, IReadOnlyList<ReferralCase> Cases, bool ProgramOn, string? Tier, DateTimeOffset Now);

/// <summary>A promoter's links.</summary>
/// <param name="Links">Each with the name of what it shares; null when that isn't sold any more.</param>
/// <param name="Goods">Goods to choose from.</param>
public sealed record LinksPage(IReadOnlyList<(ReferralLink Link, string? Title)> Links, IReadOnlyList<(string Id, string Title)> Goods, LinkForm Form, Promoter? Me)
{
    /// <summary>Whether links can be made now.</summary>
    public bool MayMake => Me is { State: PromoterState.Active };
}

/// <summary>A link to make.</summary>
public sealed class LinkForm
{
    /// <summary>Product; empty for the shop as a whole.</summary>
    public string? Product { get; set; }

    public string? Channel { get; set; }

    public string? Campaign { get; set; }

    public string? Code { get; set; }
}

/// <summary>All forms that a link can be shared in.</summary>
public sealed record MaterialsPage(ReferralLink Link, SharedThing Thing, string Embed);

/// <summary>A promoter's rewards.</summary>
/// <param name="Next">Order to go on from; null at the end.</param>
public sealed record CommissionsPage(IReadOnlyList<Commission> Commissions, string? Next)
{
    /// <summary>Rewards of a page. An order has at most 20 lines, and a page more rewards than that: it always has a whole order.</summary>
    public const int Size = 30;

    /// <summary>The page of up to one more than <see cref="Size"/>. The order that the next page begins with isn't begun here: pages go on by order, and would leave its other lines out.</summary>
    public static CommissionsPage Of(IReadOnlyList<Commission> found)
    {
        if (found.Count <= Size)
            return new(found, null);
        var whole = found.Where(c => c.OrderId != found[Size].OrderId).ToList();
        return new(whole, whole[^1].OrderId);
    }
}

/// <summary>How a reward came about.</summary>
/// <param name="Plan">The version that it was worked out by; null when it is gone.</param>
/// <param name="Again">What the same calculation gives now; null when it can't be repeated.</param>
public sealed record TracePage(Commission Commission, CommissionTrace Trace, ReferralPlan? Plan, long? Again, string Promoter, OrderAttribution? Attribution);

/// <summary>The best promoters of the shop.</summary>
/// <param name="Program">The rules: what tiers are called.</param>
public sealed record LeaderboardPage(IReadOnlyList<LeaderboardRow> Rows, Promoter? Me, ReferralProgram? Program);
