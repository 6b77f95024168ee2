using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Referrals;

/// <summary>Numbers of a promoter, a day or a channel. Up to a minute behind.</summary>
/// <param name="Clicks">Counted clicks.</param>
/// <param name="Visits">Of them the first of a visitor within half an hour.</param>
/// <param name="Orders">Paid orders.</param>
/// <param name="NewBuyers">Of them buyers' first orders.</param>
/// <param name="Sales">What was paid for them.</param>
/// <param name="Accrued">Rewards that began to wait.</param>
/// <param name="Reversed">Of them taken back.</param>
/// <param name="Released">Of them available.</param>
public sealed record ReferralNumbers(long Clicks, long Visits, long Orders, long NewBuyers, Money Sales, Money Accrued, Money Reversed, Money Released);

/// <summary>Numbers of a day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Numbers">Its numbers.</param>
public sealed record ReferralDay(DateOnly Day, ReferralNumbers Numbers);

/// <summary>Numbers of something with a name.</summary>
/// <param name="Name">Channel, campaign or variant.</param>
/// <param name="Numbers">Its numbers.</param>
public sealed record ReferralSlice(string Name, ReferralNumbers Numbers);

/// <summary>Rewards that become available on a day.</summary>
/// <param name="At">When.</param>
/// <param name="Amount">How much.</param>
/// <param name="OrderId">Of which order.</param>
/// <param name="Kind">Money, or points at their worth.</param>
public sealed record PendingRelease(DateTimeOffset At, Money Amount, string OrderId, RewardKind Kind = RewardKind.Money);

/// <summary>What a promoter sees.</summary>
/// <param name="Promoter">Who.</param>
/// <param name="Total">All time.</param>
/// <param name="Days">The last days asked for, oldest first, each present.</param>
/// <param name="Channels">By channel within these days, best first.</param>
/// <param name="Products">Variants by sales, best first, at most 10; orders and sales only.</param>
/// <param name="Pending">Earned and not available yet: the ledger's balance.</param>
/// <param name="Available">Can be paid out: the ledger's balance less what is on its way.</param>
/// <param name="Debt">Owed after refunds; zero or above.</param>
/// <param name="Releases">When what is pending becomes available, soonest first; the newest 500 rewards are looked at.</param>
/// <param name="NextTier">The next tier and what own verified sales are missing to it, or null.</param>
/// <param name="PendingPoints">The part of <paramref name="Pending"/> that becomes points, of the same rewards.</param>
/// <param name="Points">Points that they have and may pay with, from wherever they came.</param>
public sealed record PromoterDesk(
    Promoter Promoter, ReferralNumbers Total, IReadOnlyList<ReferralDay> Days, IReadOnlyList<ReferralSlice> Channels, IReadOnlyList<ReferralSlice> Products,
    Money Pending, Money Available, Money Debt, IReadOnlyList<PendingRelease> Releases, (ReferralTier Tier, Money Missing)? NextTier, long PendingPoints, long Points);

/// <summary>What a plan brought and cost.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Campaign">The campaign; may be empty.</param>
/// <param name="Orders">Paid orders.</param>
/// <param name="NewBuyers">Of them buyers' first.</param>
/// <param name="Sales">What was paid for them.</param>
/// <param name="Discounts">What buyers got off by codes.</param>
/// <param name="Cost">Rewards less what was taken back.</param>
/// <param name="ReturnOnCost">Sales per unit of reward and discount; null when they cost nothing.</param>
public sealed record CampaignReport(string PlanId, string Campaign, long Orders, long NewBuyers, Money Sales, Money Discounts, Money Cost, decimal? ReturnOnCost);

/// <summary>Somebody in the network.</summary>
/// <param name="Id">User id.</param>
/// <param name="Name">Shown name.</param>
/// <param name="State">State.</param>
/// <param name="Depth">How many joined before them in their line: 0 for who came alone. Nobody is paid by it.</param>
/// <param name="Parent">Who brought them, or null.</param>
/// <param name="Brought">How many they brought themselves, counted up to one more than <see cref="Neighbourhood.MostBrought"/>.</param>
/// <param name="Sales">Own sales.</param>
public sealed record NetworkNode(string Id, string Name, PromoterState State, int Depth, string? Parent, long Brought, Money Sales);

/// <summary>The network around somebody, for insight only.</summary>
/// <param name="Center">The one asked for.</param>
/// <param name="Above">Who brought whom up to the first, nearest first.</param>
/// <param name="Below">Who they brought, and who those brought; at most as many as asked for.</param>
/// <param name="Beside">The others of the line, where all of it are as many as asked for or fewer; empty otherwise.</param>
/// <param name="People">People in the whole line (from its first promoter on), counted up to one more than <see cref="MostPeople"/>.</param>
/// <param name="Levels">Its deepest level.</param>
/// <param name="BuysFrom">Promoters they bought from, or who bought from them: the other's id and the sales.</param>
public sealed record Neighbourhood(NetworkNode Center, IReadOnlyList<NetworkNode> Above, IReadOnlyList<NetworkNode> Below, IReadOnlyList<NetworkNode> Beside, long People, int Levels, IReadOnlyList<(string Seller, string Buyer, Money Sales)> BuysFrom)
{
    /// <summary>Everybody of the line who is told of, each once.</summary>
    public IReadOnlyList<NetworkNode> Shown { get; } = [.. Above.Append(Center).Concat(Below).Concat(Beside).DistinctBy(n => n.Id)];

    /// <summary>Up to how many are counted whom somebody brought: above it there are more than that.</summary>
    public const int MostBrought = 1_000;

    /// <summary>Up to how many people of a line are counted: above it there are more than that.</summary>
    public const int MostPeople = 10_000;
}

/// <summary>How many of a month's new promoters sold in a later month.</summary>
/// <param name="Cohort">First day of the month they joined.</param>
/// <param name="Joined">How many joined.</param>
/// <param name="Active">How many sold in the month itself, the next, and so on.</param>
public sealed record CohortRow(DateOnly Cohort, long Joined, IReadOnlyList<long> Active);

/// <summary>How well the loop runs.</summary>
/// <param name="Days">By day, oldest first.</param>
/// <param name="ShareRate">Promoters with a visit, per buyer of referred orders; null without buyers.</param>
/// <param name="Conversion">Orders that came by a click per visit, those by a typed code not among them; null without visits.</param>
/// <param name="KFactor">Promoters who were brought, per promoter that there was at the beginning; null when there was none.</param>
/// <param name="PaybackDays">Days until the sales' margin (by the plans' declared margin) covered rewards and discounts, of the days asked for; null when it hasn't.</param>
/// <param name="Cohorts">Cohorts as of the last scan.</param>
public sealed record LoopHealth(IReadOnlyList<ReferralDay> Days, decimal? ShareRate, decimal? Conversion, decimal? KFactor, int? PaybackDays, IReadOnlyList<CohortRow> Cohorts);

/// <summary>A place on the leaderboard.</summary>
/// <param name="Place">From 1.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Tier">Tier; may be empty.</param>
/// <param name="Orders">Orders.</param>
/// <param name="Sales">Own sales.</param>
public sealed record LeaderboardRow(int Place, string Name, string Tier, long Orders, Money Sales);

/// <summary>Reads for screens, from maintained counters.</summary>
public interface IReferralDesks
{
    /// <summary>A promoter's desk; null when the user is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="promoter">User id.</param>
    /// <param name="days">How many days, up to 90.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PromoterDesk?> PromoterAsync(TenantScope scope, string promoter, int days = 30, CancellationToken cancellationToken = default);

    /// <summary>What plans and campaigns brought and cost.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="from">First day.</param>
    /// <param name="until">Last day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CampaignReport>> CampaignsAsync(TenantScope scope, DateOnly from, DateOnly until, CancellationToken cancellationToken = default);

    /// <summary>The network around a promoter; null when the user is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="promoter">User id.</param>
    /// <param name="take">Most below, up to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Neighbourhood?> NeighbourhoodAsync(TenantScope scope, string promoter, int take = 200, CancellationToken cancellationToken = default);

    /// <summary>How well the loop runs.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="days">How many days, up to 365.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LoopHealth> HealthAsync(TenantScope scope, int days = 30, CancellationToken cancellationToken = default);

    /// <summary>The best promoters by own sales, without those who opted out.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="take">How many, up to 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<LeaderboardRow>> LeaderboardAsync(TenantScope scope, int take = 20, CancellationToken cancellationToken = default);
}
