using System.Globalization;

namespace LinkShop.Commerce.Referrals;

/// <summary>What a reward is paid in.</summary>
public enum RewardKind
{
    /// <summary>Money that can be paid out.</summary>
    Money,
    /// <summary>Points that pay orders of the tenant.</summary>
    Points,
}

/// <summary>Out of whose part a reward comes.</summary>
public enum RewardFunding
{
    /// <summary>The merchant's.</summary>
    Merchant,
    /// <summary>The platform's commission on the same line.</summary>
    Platform,
}

/// <summary>State of a plan.</summary>
public enum ReferralPlanState
{
    /// <summary>Not in force yet.</summary>
    Draft,
    /// <summary>In force between its start and end.</summary>
    Active,
    /// <summary>Not applied for now.</summary>
    Paused,
    /// <summary>Switched off for good.</summary>
    Killed,
    /// <summary>Its budget is spent.</summary>
    Spent,
    /// <summary>Over.</summary>
    Ended,
}

/// <summary>A condition on a promoter. Plans come from outside too (recipes), so this can say unlawful things; the linter refuses them.</summary>
/// <param name="Fact">What is looked at. Lawful: <c>tier</c>, <c>adult</c>, <c>own_sales</c>, <c>own_orders</c>, <c>account_age_days</c>, <c>verified_identity</c>, <c>listed_promoter</c>.</param>
/// <param name="Operator"><c>is</c>, <c>at_least</c> or <c>at_most</c>.</param>
/// <param name="Value">What it is compared with.</param>
public sealed record ReferralCondition(string Fact, string Operator, string Value);

/// <summary>How much of a sale is a reward. Of the rates of a level that apply to a line the one with the most conditions counts; of equals the later.</summary>
public sealed record ReferralRate
{
    /// <summary>Name that traces show, 1 to 60 characters, unique in the plan.</summary>
    public required string Id { get; init; }

    /// <summary>Rate in 1/100 of a percent of the line's base.</summary>
    public int BasisPoints { get; init; }

    /// <summary>1: who made the sale. 2: who brought that promoter, only in plans with two levels.</summary>
    public int Level { get; init; } = 1;

    /// <summary>What is rewarded; <c>settled_sale</c> is the only lawful one.</summary>
    public string On { get; init; } = ReferralPlan.SettledSale;

    /// <summary>Who gets it: <c>promoter</c> on level 1, <c>introducer</c> on level 2.</summary>
    public string? Payee { get; init; }

    /// <summary>Only for goods of this category.</summary>
    public string? CategoryId { get; init; }

    /// <summary>Only for this variant.</summary>
    public string? SkuId { get; init; }

    /// <summary>Only for promoters of this tier.</summary>
    public string? Tier { get; init; }

    /// <summary>Only for links of this campaign. A campaign's name is what promoters type in: without <see cref="Promoters"/> the rate is anybody's who knows it.</summary>
    public string? Campaign { get; init; }

    /// <summary>Only for sales of these promoters; empty: of everybody's who may promote.</summary>
    public IReadOnlyList<string> Promoters { get; init; } = [];

    /// <summary>Whether it is for a promoter's sales.</summary>
    internal bool IsFor(string promoter) => Promoters.Count == 0 || Promoters.Contains(promoter, StringComparer.Ordinal);
}

/// <summary>A pool shared among several promoters. None is lawful; it can be said so that the linter can name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">For example <c>team_volume</c> or <c>weighted_dividend</c>.</param>
public sealed record ReferralPool(string Name, string Kind);

/// <summary>By what rules promoters are rewarded. Each change makes a version that never changes; an order keeps the one it was made under.</summary>
public sealed record ReferralPlan
{
    /// <summary>The English one of two names where it is there and English is read.</summary>
    internal static string In(CultureInfo culture, string name, string? english) => english is { Length: > 0 } && culture.TwoLetterISOLanguageName == "en" ? english : name;

    /// <summary>The only thing that may be rewarded.</summary>
    public const string SettledSale = "settled_sale";

    /// <summary>Most that a rate or a buyer's discount may be, in basis points.</summary>
    public const int MaxRate = 5_000;

    /// <summary>Most that goods can be said to leave at least, in basis points: all of their price is no margin.</summary>
    public const int MaxMargin = 9_999;

    /// <summary>1 to 64 letters, digits, dashes; made by the client.</summary>
    public required string Id { get; init; }

    /// <summary>Version; set by the store. For <see cref="IReferralPlans.SaveAsync"/> the one it was made from, 0 for a new plan.</summary>
    public long Version { get; init; }

    /// <summary>What promoters see, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The same in English, up to 100 characters; empty where the one name is for everybody.</summary>
    public string NameEn { get; init; } = "";

    /// <summary>Its name in the reader's language.</summary>
    public string NameIn(CultureInfo culture) => In(culture, Name, NameEn);

    /// <summary>What promoters read, in Chinese; part of every disclosure.</summary>
    public string DisclosureZh { get; init; } = "";

    /// <summary>The same in English.</summary>
    public string DisclosureEn { get; init; } = "";

    /// <summary>Further words of the plan (names of bonuses, headings): the linter reads them.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Currency; the plan applies to orders in it only.</summary>
    public string Currency { get; init; } = "CNY";

    /// <summary>Who may promote; all must hold. Empty: every promoter.</summary>
    public IReadOnlyList<ReferralCondition> Eligibility { get; init; } = [];

    /// <summary>Only these promoters; empty: all who are eligible.</summary>
    public IReadOnlyList<string> Promoters { get; init; } = [];

    /// <summary>Rates; at least one.</summary>
    public IReadOnlyList<ReferralRate> Rates { get; init; } = [];

    /// <summary>How deep is paid: 1, or 2 with <see cref="ApprovalId"/>.</summary>
    public int Levels { get; init; } = 1;

    /// <summary>The counsel's approval for a second level.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>By which edges a second level is found; <c>first_edge</c> (who brought the promoter when they joined) is the only lawful one.</summary>
    public string Tree { get; init; } = "first_edge";

    /// <summary>What the plan does with the tree of promoters; nothing is lawful. It can be said so that the linter can name it.</summary>
    public IReadOnlyList<string> TreeActions { get; init; } = [];

    /// <summary>Pools; none is lawful.</summary>
    public IReadOnlyList<ReferralPool> Pools { get; init; } = [];

    /// <summary>Most that all rewards of an order may come to, in basis points of its base; the program's cap holds besides. Null: the program's.</summary>
    public int? CapBasisPoints { get; init; }

    /// <summary>Most that all rewards of an order may come to, in minor units; null for no such cap.</summary>
    public long? CapMinor { get; init; }

    /// <summary>On top for a buyer's first order, in minor units; within the caps. Once for each buyer.</summary>
    public long FirstOrderBonusMinor { get; init; }

    /// <summary>What a buyer who uses a share code gets off, in basis points of the lines; not together with a coupon.</summary>
    public int BuyerDiscountBasisPoints { get; init; }

    /// <summary>What the goods of the plan leave at least, in basis points of their price: rewards and discount must stay below it, and an order's rewards never pass it.</summary>
    public int MarginBasisPoints { get; init; } = 3_000;

    /// <summary>Money or points.</summary>
    public RewardKind Reward { get; init; }

    /// <summary>Who pays.</summary>
    public RewardFunding Funding { get; init; }

    /// <summary>From when; null for at once.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when (exclusive); null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What all rewards that stand may come to, of the orders that are paid while the plan has a budget; null for no limit. The plan stops by itself when it is spent, and is started again by a person.</summary>
    public long? BudgetMinor { get; init; }

    /// <summary>Price of joining; anything but 0 is unlawful.</summary>
    public long EntryFeeMinor { get; init; }

    /// <summary>Whether rewards are paid before the sale is settled and safe; unlawful.</summary>
    public bool Advances { get; init; }

    /// <summary>Whether promoters are rewarded for what they buy themselves; unlawful.</summary>
    public bool RewardsOwnPurchases { get; init; }

    /// <summary>Whether minors may take part; unlawful.</summary>
    public bool AllowsMinors { get; init; }
}

/// <summary>A plan with how it stands.</summary>
/// <param name="Plan">Its current version.</param>
/// <param name="State">Its state.</param>
/// <param name="Spent">What its rewards come to that stand; of a plan with a budget those that count in it. Above the budget only where rewards stand again that had been taken back (an appeal was right).</param>
/// <param name="ChangedBy">Who changed it last.</param>
/// <param name="ChangedAt">When.</param>
public sealed record ReferralPlanView(ReferralPlan Plan, ReferralPlanState State, Money Spent, string ChangedBy, DateTimeOffset ChangedAt)
{
    /// <summary>What the budget has left; null when there is none.</summary>
    public Money? Left => Plan.BudgetMinor is { } budget ? new Money(Math.Max(0, budget - Spent.Minor), Plan.Currency) : null;
}

/// <summary>The plans of a tenant.</summary>
public interface IReferralPlans
{
    /// <summary>All plans, by id.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ReferralPlanView>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>A plan; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralPlanView?> FindAsync(TenantScope scope, string id, CancellationToken cancellationToken = default);

    /// <summary>A stored version, for the trace of an old order; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The plan.</param>
    /// <param name="version">Its version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralPlan?> VersionAsync(TenantScope scope, string id, long version, CancellationToken cancellationToken = default);

    /// <summary>Whether a plan is in force now: promotion isn't switched off, and a plan is active within its time.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> AnyInForceAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>The plan that an order by a link would get now, as far as it depends on the link and its promoter: what is said where the link leads. Null when such an order would be nobody's sale.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="link">The link.</param>
    /// <param name="currency">What its goods are paid in; null for the program's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralPlan?> OfLinkAsync(TenantScope scope, ReferralLink link, string? currency, CancellationToken cancellationToken = default);

    /// <summary>Why the linter would refuse a plan here; empty when it would not. Writes nothing.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ReferralRefusal>> LintAsync(TenantScope scope, ReferralPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Makes a new version (a new plan is a draft). Refused plans leave nothing.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="plan">The plan; another version meanwhile is a <c>conflict</c>.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>As stored, or one <c>referral_plan_unlawful</c> error for each <see cref="ReferralRefusal"/> (field <c>code:path</c>), <c>referral_program_off</c> without a program.</returns>
    Task<CommerceResult<ReferralPlanView>> SaveAsync(TenantScope scope, ReferralPlan plan, string actor, CancellationToken cancellationToken = default);

    /// <summary>Reads a plan from JSON (camelCase, as in recipes) and saves it; unknown fields are refused as <c>unknown_field</c>.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="json">One plan.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task<CommerceResult<ReferralPlanView>> ImportAsync(TenantScope scope, string json, string actor, CancellationToken cancellationToken = default);

    /// <summary>Moves a plan to another state: Draft → Active ⇄ Paused, any → Killed or Ended; Spent → Active when the budget has something left: it was raised, or rewards went back (<c>referral_budget_spent</c> otherwise). Linted again when it becomes active.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">The plan.</param>
    /// <param name="state">The state it is to have.</param>
    /// <param name="reason">Why; kept in the log.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The plan, or <c>not_found</c>, <c>illegal_transition</c>, <c>referral_plan_unlawful</c>, <c>referral_budget_spent</c>.</returns>
    Task<CommerceResult<ReferralPlanView>> MoveAsync(TenantScope scope, string id, ReferralPlanState state, string reason, string actor, CancellationToken cancellationToken = default);

    /// <summary>Lints every active plan of every tenant, as at start-up, and pauses those that are unlawful by the rules of now.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Which were paused, with why.</returns>
    Task<IReadOnlyList<(TenantScope Scope, string PlanId, IReadOnlyList<ReferralRefusal> Refusals)>> CheckAllAsync(CancellationToken cancellationToken = default);
}
