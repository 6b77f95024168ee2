namespace LinkShop.Commerce.Referrals;

/// <summary>What a case is about.</summary>
public enum ReferralCaseKind
{
    /// <summary>Too much of a promoter's sales was bought by promoters; the promoter is frozen.</summary>
    SelfBought,
    /// <summary>Promoters buy from each other in a circle.</summary>
    Ring,
    /// <summary>More orders in an hour than people make.</summary>
    Velocity,
    /// <summary>Codes typed without any click before: a coupon site takes sales that would have come anyway.</summary>
    CouponSite,
    /// <summary>Alarm: 30 people or more over three linked levels or more.</summary>
    PeopleAndLevels,
    /// <summary>Alarm: nearly all promoters' buyers buy one variant, as tickets are bought.</summary>
    TicketSku,
    /// <summary>Alarm: fewer than half of those whom promoters brought aren't promoters themselves.</summary>
    FewBuyers,
    /// <summary>An order came from the promoter's own network address.</summary>
    SameAddress,
    /// <summary>Opened by staff.</summary>
    Manual,
}

/// <summary>State of a case. Open → Upheld or Dismissed; Upheld → Appealed → AppealUpheld or AppealDismissed.</summary>
public enum ReferralCaseState
{
    /// <summary>Waits for a decision.</summary>
    Open,
    /// <summary>Decided against the promoter.</summary>
    Upheld,
    /// <summary>Nothing was wrong.</summary>
    Dismissed,
    /// <summary>The promoter asked for another look.</summary>
    Appealed,
    /// <summary>The appeal was right: the decision is undone.</summary>
    AppealUpheld,
    /// <summary>The decision stands.</summary>
    AppealDismissed,
}

/// <summary>A review case.</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">What about.</param>
/// <param name="Promoter">The promoter, where it is about one.</param>
/// <param name="OrderId">The order, where it is about one.</param>
/// <param name="SkuId">The variant, where it is about one.</param>
/// <param name="State">State.</param>
/// <param name="Evidence">What was seen; JSON object of numbers and texts.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="DecidedBy">Who decided; null while open.</param>
/// <param name="Decision">In words; the promoter reads it.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Appeal">The promoter's words, or null.</param>
/// <param name="AppealBy">Who decided the appeal; never who decided the case.</param>
/// <param name="AppealDecision">In words.</param>
public sealed record ReferralCase(
    string Id, ReferralCaseKind Kind, string? Promoter, string? OrderId, string? SkuId, ReferralCaseState State, string Evidence, DateTimeOffset OpenedAt,
    string? DecidedBy, string? Decision, DateTimeOffset? DecidedAt, string? Appeal, string? AppealBy, string? AppealDecision)
{
    /// <summary>For how long after a decision the promoter may ask for another look.</summary>
    public static readonly TimeSpan AppealWithin = TimeSpan.FromDays(30);

    /// <summary>Until when the promoter may ask for another look; null before a decision.</summary>
    public DateTimeOffset? AppealUntil => DecidedAt + AppealWithin;

    /// <summary>Whether the promoter may ask for another look; once only.</summary>
    /// <param name="now">The time.</param>
    public bool MayAppeal(DateTimeOffset now) => State == ReferralCaseState.Upheld && now <= AppealUntil;
}

/// <summary>The review queue.</summary>
public interface IReferralReview
{
    /// <summary>Cases, oldest open ones first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="state">In this state.</param>
    /// <param name="after">Id of the last one of the page before, or null.</param>
    /// <param name="take">At most how many, up to 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ReferralCase>> ListAsync(TenantScope scope, ReferralCaseState state = ReferralCaseState.Open, string? after = null, int take = 50, CancellationToken cancellationToken = default);

    /// <summary>Open alarms about the tenant as a whole (<see cref="ReferralCaseKind.PeopleAndLevels"/>, <see cref="ReferralCaseKind.TicketSku"/>, <see cref="ReferralCaseKind.FewBuyers"/>), newest first, at most 50.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ReferralCase>> AlarmsAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>A promoter's cases, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="promoter">The promoter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ReferralCase>> OfPromoterAsync(TenantScope scope, string promoter, CancellationToken cancellationToken = default);

    /// <summary>A case; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralCase?> FindAsync(TenantScope scope, string id, CancellationToken cancellationToken = default);

    /// <summary>Opens a case by hand and freezes the promoter.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="promoter">The promoter.</param>
    /// <param name="orderId">An order of theirs, or null.</param>
    /// <param name="note">What was seen.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<ReferralCase>> OpenAsync(TenantScope scope, string promoter, string? orderId, string note, string actor, CancellationToken cancellationToken = default);

    /// <summary>Decides. Upheld: the promoter stays frozen, and what is pending of the case's order (or of all the promoter's orders, when it names none) goes back to who paid it. Dismissed: the promoter earns again when no other case is open.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The case.</param>
    /// <param name="uphold">Against the promoter.</param>
    /// <param name="decision">Why, 1 to 2,000 characters.</param>
    /// <param name="actor">User id of who decides; never the promoter's.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The case, or <c>not_found</c>, <c>referral_own_case</c>, <c>referral_case_closed</c>, <c>required</c>.</returns>
    Task<CommerceResult<ReferralCase>> DecideAsync(TenantScope scope, string id, bool uphold, string decision, string actor, CancellationToken cancellationToken = default);

    /// <summary>The promoter asks for another look; once, within 30 days.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The case.</param>
    /// <param name="promoter">Whose case it must be.</param>
    /// <param name="text">Why, 1 to 2,000 characters.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<ReferralCase>> AppealAsync(TenantScope scope, string id, string promoter, string text, CancellationToken cancellationToken = default);

    /// <summary>Decides an appeal. Right: the promoter earns again and what went back is theirs again as far as the orders are still paid.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The case.</param>
    /// <param name="right">Whether the promoter was right.</param>
    /// <param name="decision">Why.</param>
    /// <param name="actor">User id of who decides; neither who decided the case (<c>referral_same_reviewer</c>) nor the promoter (<c>referral_own_case</c>).</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<ReferralCase>> DecideAppealAsync(TenantScope scope, string id, bool right, string decision, string actor, CancellationToken cancellationToken = default);
}

/// <summary>Work that comes back: counters every minute, the scan every night. Any number of processes may call it.</summary>
public interface IReferralMaintenance
{
    /// <summary>Takes what happened into the counters that desks read. Each fact once.</summary>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>How many facts.</returns>
    Task<int> FoldAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes rewards available whose windows are over.</summary>
    /// <param name="cancellationToken">Stops between two orders.</param>
    /// <returns>How many orders.</returns>
    Task<int> ReleaseAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks for fraud in a tenant, freezes and opens cases, works tiers and cohorts out anew. Set-based; repeating it opens nothing twice.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many cases were opened, by kind.</returns>
    Task<IReadOnlyDictionary<ReferralCaseKind, int>> ScanAsync(TenantScope scope, CancellationToken cancellationToken = default);
}
