using System.Globalization;

namespace LinkShop.Commerce.Referrals;

/// <summary>Which touch wins when several promoters reached a buyer.</summary>
public enum AttributionModel
{
    /// <summary>The latest, a code typed at checkout being the very last.</summary>
    LastClick,
    /// <summary>The earliest within the window.</summary>
    FirstClick,
    /// <summary>A code typed at checkout, else the latest click.</summary>
    CodeWins,
}

/// <summary>A tier of promoters. It depends on a promoter's own verified retail sales and on nothing else: there is no field for anything else.</summary>
/// <param name="Id">Name that plans and screens know, 1 to 30 characters.</param>
/// <param name="Name">What people see, in the operator's words.</param>
/// <param name="OwnSalesMinor">Own sales, less refunds, from which it is reached; minor units of the program's currency.</param>
/// <param name="NameEn">The name in English, up to 60 characters; empty where the one name is for everybody.</param>
public sealed record ReferralTier(string Id, string Name, long OwnSalesMinor, string NameEn = "")
{
    /// <summary>What people call it, in the reader's language.</summary>
    public string NameIn(CultureInfo culture) => ReferralPlan.In(culture, Name, NameEn);
}

/// <summary>A tenant's rules about referrals. Without one nobody can be a promoter and nothing is attributed.</summary>
public sealed record ReferralProgram
{
    /// <summary>What the numbers of the rules may be, by the field that an error about one names; basis points, days, or orders an hour. Above 30 % bought by promoters somebody has to look.</summary>
    public static readonly IReadOnlyDictionary<string, (int Least, int Most)> Ranges = new Dictionary<string, (int, int)>(StringComparer.Ordinal)
    {
        ["capBasisPoints"] = (0, 5_000),
        ["refundWindowDays"] = (1, 365),
        ["disputeWindowDays"] = (1, 365),
        ["clickWindowDays"] = (1, 90),
        ["promoterBoughtBasisPoints"] = (0, 3_000),
        ["velocityPerHour"] = (1, 100_000),
    };

    /// <summary>Where the operator is, ISO 3166 alpha-2: rules depend on it.</summary>
    public string Jurisdiction { get; init; } = "CN";

    /// <summary>The kill switch: off stops joining, attribution, new commissions and releases at once. What was earned stays in the books.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Currency of tiers and leaderboards.</summary>
    public string Currency { get; init; } = "CNY";

    /// <summary>Most that rewards and the buyer's discount may come to of an order's base (net paid less tax), in basis points; see <see cref="Ranges"/>, as of the other numbers.</summary>
    public int CapBasisPoints { get; init; } = 3_000;

    /// <summary>Days after delivery in which buyers can be refunded: no reward is available before, nor before the merchant has the sale.</summary>
    public int RefundWindowDays { get; init; } = 7;

    /// <summary>Days after payment in which payments are usually disputed: no reward is available before.</summary>
    public int DisputeWindowDays { get; init; } = 30;

    /// <summary>Which touch wins.</summary>
    public AttributionModel Model { get; init; } = AttributionModel.LastClick;

    /// <summary>For how many days a click counts.</summary>
    public int ClickWindowDays { get; init; } = 30;

    /// <summary>Part of a promoter's sales that other promoters bought, above which the promoter is frozen and looked at; basis points.</summary>
    public int PromoterBoughtBasisPoints { get; init; } = 3_000;

    /// <summary>Orders of one promoter in an hour above which they are looked at.</summary>
    public int VelocityPerHour { get; init; } = 60;

    /// <summary>Tiers, by rising sales.</summary>
    public IReadOnlyList<ReferralTier> Tiers { get; init; } = [];

    /// <summary>Grows with every change of the program or of a plan; set by the store.</summary>
    public long Stamp { get; init; }

    /// <summary>What people call a tier; null for none, and for one that the rules have no more.</summary>
    /// <param name="id">Its id, as a promoter's row has it.</param>
    /// <param name="culture">The reader's language.</param>
    public string? TierName(string id, CultureInfo culture) => Tiers.FirstOrDefault(t => t.Id == id)?.NameIn(culture);
}

/// <summary>What an operator's counsel allowed.</summary>
/// <param name="Id">1 to 64 characters, made by the client.</param>
/// <param name="Jurisdiction">Where it holds; never CN, where a second level isn't lawful.</param>
/// <param name="Counsel">Who gave it.</param>
/// <param name="Reference">Where the opinion is kept.</param>
/// <param name="RecordedBy">Who recorded it; set by the store.</param>
/// <param name="RecordedAt">When; set by the store.</param>
/// <param name="RevokedAt">Since when it doesn't hold any more, or null.</param>
public sealed record CounselApproval(string Id, string Jurisdiction, string Counsel, string Reference, string RecordedBy = "", DateTimeOffset RecordedAt = default, DateTimeOffset? RevokedAt = null);

/// <summary>The tenant's referral program.</summary>
public interface IReferralProgram
{
    /// <summary>The rules; null when the tenant has none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralProgram?> FindAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Sets the rules. Orders made before keep theirs.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="program">The rules; its stamp is the one they were read with (0 for the first), another one meanwhile is a <c>conflict</c>.</param>
    /// <param name="actor">User name of who does it.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>As stored, or <c>invalid</c> errors with fields; <c>referral_plan_unlawful</c> when a plan in force would be unlawful under them.</returns>
    Task<CommerceResult<ReferralProgram>> SaveAsync(TenantScope scope, ReferralProgram program, string actor, CancellationToken cancellationToken = default);

    /// <summary>The kill switch. Off: at once nobody joins, nothing is attributed, accrued or released, in all processes. Idempotent.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="enabled">On or off.</param>
    /// <param name="reason">Why; kept in the log.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The rules, or <c>referral_program_off</c> when there are none.</returns>
    Task<CommerceResult<ReferralProgram>> SwitchAsync(TenantScope scope, bool enabled, string reason, string actor, CancellationToken cancellationToken = default);

    /// <summary>Records what counsel allowed. The same id again is a <c>conflict</c> unless it says the same.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="approval">The approval.</param>
    /// <param name="actor">Who records it.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<CounselApproval>> ApproveAsync(TenantScope scope, CounselApproval approval, string actor, CancellationToken cancellationToken = default);

    /// <summary>Ends an approval: plans that stand on it stop paying the second level, and are paused.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The approval.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<CounselApproval>> RevokeAsync(TenantScope scope, string id, string actor, CancellationToken cancellationToken = default);

    /// <summary>All approvals, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CounselApproval>> ApprovalsAsync(TenantScope scope, CancellationToken cancellationToken = default);
}
