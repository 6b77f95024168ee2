using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;

namespace LinkShop.Referrals.ViewModels;

/// <summary>All plans.</summary>
public sealed record PlansPage(IReadOnlyList<ReferralPlanView> Plans, ReferralProgram? Program);

/// <summary>A plan's form.</summary>
/// <param name="Stored">As it is stored; null for a new one.</param>
/// <param name="Categories">To choose from, by id.</param>
/// <param name="Approvals">Counsel's approvals that are in force.</param>
public sealed record PlanPage(PlanForm Form, ReferralPlanView? Stored, ReferralProgram Program, IReadOnlyList<(string Id, string Title)> Categories, IReadOnlyList<CounselApproval> Approvals);

/// <summary>The program's rules as typed in.</summary>
public sealed class ProgramForm
{
    public long Stamp { get; set; }

    public string? Jurisdiction { get; set; }

    public string? Currency { get; set; }

    public string? CapPercent { get; set; }

    public int RefundWindowDays { get; set; }

    public int DisputeWindowDays { get; set; }

    public AttributionModel Model { get; set; }

    public int ClickWindowDays { get; set; }

    public string? BoughtPercent { get; set; }

    public int VelocityPerHour { get; set; }

    public List<TierForm> Tiers { get; set; } = [];
}

/// <summary>A tier as typed in.</summary>
public sealed class TierForm
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? NameEn { get; set; }

    public string? OwnSales { get; set; }
}

/// <summary>The program's page.</summary>
/// <param name="Stored">As it is stored; null before the first time.</param>
/// <param name="MayChange">Whether the rules may be changed, or only looked at and stopped.</param>
/// <param name="MayPlan">Whether the reader makes plans, and may begin with the strictest rules.</param>
public sealed record ProgramPage(ProgramForm Form, ReferralProgram? Stored, IReadOnlyList<CounselApproval> Approvals, bool MayChange, bool MayPlan);

/// <summary>What campaigns brought and cost.</summary>
/// <param name="Plans">Names of plans by id.</param>
/// <param name="MayPlan">Whether the reader may look at the plans.</param>
public sealed record ReportPage(IReadOnlyList<CampaignReport> Rows, IReadOnlyDictionary<string, string> Plans, DateOnly From, DateOnly Until, bool MayPlan);

/// <summary>Promoters, with the network around one of them.</summary>
/// <param name="Next">Promoter to go on from; null at the end.</param>
/// <param name="Program">The rules: what tiers are called.</param>
public sealed record NetworkPage(
    IReadOnlyList<Promoter> Promoters, PromoterState? State, string? Next, Neighbourhood? Around, string? GraphJson, IReadOnlyDictionary<string, string> Accounts, ReferralProgram Program);

/// <summary>How well the loop runs.</summary>
/// <param name="MayReview">Whether the reader may look at an alarm's case.</param>
public sealed record HealthPage(LoopHealth Health, int Days, string Currency, IReadOnlyList<ReferralCase> Alarms, bool MayReview);

/// <summary>The review queue.</summary>
public sealed record CasesPage(IReadOnlyList<ReferralCase> Cases, ReferralCaseState State, IReadOnlyDictionary<string, string> Names, string? Next);

/// <summary>A case.</summary>
/// <param name="Variant">What the variant is called that it is about, if any.</param>
/// <param name="Facts">What was seen, by name.</param>
/// <param name="Currency">The currency of amounts among them.</param>
public sealed record CasePage(ReferralCase Case, string? Name, string? Variant, IReadOnlyList<(string Name, string Value)> Facts, string Currency, IReadOnlyList<Commission> Commissions, bool MayDecideAppeal, bool IsOwn);

/// <summary>An order's promotion.</summary>
public sealed record OrderPage(string OrderId, OrderAttribution? Attribution, IReadOnlyList<TracePage> Traces);
