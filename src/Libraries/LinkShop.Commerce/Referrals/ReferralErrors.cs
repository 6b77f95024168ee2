namespace LinkShop.Commerce.Referrals;

/// <summary>Stable codes of refusals that only referrals have; the others are <see cref="CommerceErrors"/>.</summary>
public static class ReferralErrors
{
    /// <summary>The tenant has no referral program yet, or it is switched off.</summary>
    public const string ProgramOff = "referral_program_off";
    /// <summary>Only adults can be promoters, and this person hasn't confirmed to be one.</summary>
    public const string AdultsOnly = "referral_adults_only";
    /// <summary>There is no such promoter here.</summary>
    public const string NoPromoter = "referral_no_promoter";
    /// <summary>This promoter is frozen, switched off or has left.</summary>
    public const string PromoterInactive = "referral_promoter_inactive";
    /// <summary>Who brought a promoter is said when they join, or never.</summary>
    public const string EdgeFixed = "referral_edge_fixed";
    /// <summary>The share code is taken.</summary>
    public const string CodeTaken = "referral_code_taken";
    /// <summary>No link has this code or id.</summary>
    public const string NoLink = "referral_no_link";
    /// <summary>The linter refuses the plan: the error's field is <c>code:path</c> of each <see cref="ReferralRefusal"/>.</summary>
    public const string Unlawful = "referral_plan_unlawful";
    /// <summary>Nothing is left of the plan's budget: it can't be put into force before the budget is raised.</summary>
    public const string BudgetSpent = "referral_budget_spent";
    /// <summary>The approval is unknown, revoked, or for another jurisdiction.</summary>
    public const string NoApproval = "referral_no_approval";
    /// <summary>Who decided a case can't decide its appeal.</summary>
    public const string SameReviewer = "referral_same_reviewer";
    /// <summary>Nobody decides about themselves: neither a case against them, nor its appeal, nor whether they are switched off.</summary>
    public const string OwnCase = "referral_own_case";
    /// <summary>The shown name or the code has words of pyramid schemes in it, or promises income or the whole price back.</summary>
    public const string NameRefused = "referral_name_refused";
    /// <summary>The case was decided already, or can't be appealed any more.</summary>
    public const string CaseClosed = "referral_case_closed";
}

/// <summary>Names of the outbox events about referrals; the payload is <see cref="ReferralEvent"/>.</summary>
public static class ReferralEvents
{
    /// <summary>Somebody became a promoter.</summary>
    public const string Joined = "ReferralPromoterJoined";
    /// <summary>A promoter's state changed.</summary>
    public const string StateChanged = "ReferralPromoterStateChanged";
    /// <summary>A plan stopped because its budget is spent.</summary>
    public const string BudgetSpent = "ReferralBudgetSpent";
    /// <summary>A review case was opened.</summary>
    public const string CaseOpened = "ReferralCaseOpened";
    /// <summary>A promoter asks for another look at a decision.</summary>
    public const string CaseAppealed = "ReferralCaseAppealed";
    /// <summary>A case or its appeal was decided.</summary>
    public const string CaseDecided = "ReferralCaseDecided";
}

/// <summary>Payload of events about referrals: ids only.</summary>
/// <param name="Promoter">The promoter, where it is about one.</param>
/// <param name="OrderId">The order, where it is about one.</param>
/// <param name="PlanId">The plan, where it is about one.</param>
/// <param name="CaseId">The case, where it is about one.</param>
/// <param name="Appeal">Whether the case's appeal was decided, not the case.</param>
public sealed record ReferralEvent(string? Promoter = null, string? OrderId = null, string? PlanId = null, string? CaseId = null, bool Appeal = false);
