namespace LinkShop.Commerce.Referrals;

/// <summary>What the linter has to know besides the plan.</summary>
/// <param name="Jurisdiction">Where the operator is.</param>
/// <param name="CapBasisPoints">The program's cap.</param>
/// <param name="ApprovedIds">Counsel's approvals that are in force there.</param>
public sealed record ReferralLintContext(string Jurisdiction, int CapBasisPoints, IReadOnlyCollection<string> ApprovedIds);

/// <summary>
/// Says why a plan isn't lawful. Pure. The cases are those of the compliance reference ("Configuration linter"); what isn't known to be lawful is refused.
/// </summary>
public static class ReferralPlanLinter
{
    private static readonly string[] s_facts = ["tier", "adult", "own_sales", "own_orders", "account_age_days", "verified_identity", "listed_promoter"];
    private static readonly string[] s_sellers = ["tier", "own_sales", "own_orders"];
    private static readonly string[] s_operators = ["is", "at_least", "at_most"];

    /// <summary>All reasons; empty for a lawful plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="context">What else counts.</param>
    public static IReadOnlyList<ReferralRefusal> Check(ReferralPlan plan, ReferralLintContext context)
    {
        var found = new List<ReferralRefusal>();
        Form(plan, found);
        Joining(plan, found);
        Rewards(plan, found);
        Depth(plan, context, found);
        Amounts(plan, context, found);
        Words(plan, found);
        return found;
    }

    /// <summary>Why a program's tiers aren't lawful; empty when they are.</summary>
    /// <param name="tiers">The tiers.</param>
    public static IReadOnlyList<ReferralRefusal> CheckTiers(IReadOnlyList<ReferralTier> tiers)
    {
        var found = new List<ReferralRefusal>();
        for (var i = 0; i < tiers.Count; i++)
        {
            var (tier, at) = (tiers[i], $"tiers[{i}]");
            if (tier.Id is not { Length: >= 1 and <= 30 } || tier.Name is not { Length: >= 1 and <= 60 } || tier.NameEn is { Length: > 60 } || tiers.Count(t => t.Id == tier.Id) != 1)
                found.Add(new("invalid_id", at + ".id", tier.Id ?? ""));
            if (tier.OwnSalesMinor <= (i == 0 ? 0 : tiers[i - 1].OwnSalesMinor))
                found.Add(new("tier_not_own_sales", at + ".ownSalesMinor"));
            Wording(tier.Name, at + ".name", found);
            Wording(tier.NameEn, at + ".nameEn", found);
        }

        return found;
    }

    private static void Form(ReferralPlan plan, List<ReferralRefusal> found)
    {
        if (plan.Id is not { Length: >= 1 and <= 64 } || !plan.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            found.Add(new("invalid_id", "id", plan.Id ?? ""));
        if (plan.Name is not { Length: >= 1 and <= 100 })
            found.Add(new("invalid_id", "name", plan.Name ?? ""));
        if (plan.NameEn is { Length: > 100 })
            found.Add(new("invalid_id", "nameEn", plan.NameEn));
        if (!Currencies.IsKnown(plan.Currency))
            found.Add(new("invalid_currency", "currency", plan.Currency ?? ""));
        if (plan.From is { } from && plan.Until is { } until && from >= until)
            found.Add(new("invalid_dates", "until"));
        if (string.IsNullOrWhiteSpace(plan.DisclosureZh))
            found.Add(new("missing_disclosure", "disclosureZh"));
        if (string.IsNullOrWhiteSpace(plan.DisclosureEn))
            found.Add(new("missing_disclosure", "disclosureEn"));
    }

    private static void Joining(ReferralPlan plan, List<ReferralRefusal> found)
    {
        if (plan.EntryFeeMinor != 0)
            found.Add(new("entry_fee", "entryFeeMinor"));
        if (plan.AllowsMinors)
            found.Add(new("allows_minors", "allowsMinors"));
        if (plan.RewardsOwnPurchases)
            found.Add(new("rewards_own_purchases", "rewardsOwnPurchases"));
        if (plan.Advances)
            found.Add(new("advance", "advances"));
        for (var i = 0; i < plan.Eligibility.Count; i++)
        {
            var (condition, at) = (plan.Eligibility[i], $"eligibility[{i}]");
            if (!s_facts.Contains(condition.Fact, StringComparer.Ordinal))
                found.Add(new(CodeOf(condition.Fact), at + ".fact", condition.Fact ?? ""));
            if (!s_operators.Contains(condition.Operator, StringComparer.Ordinal) || string.IsNullOrWhiteSpace(condition.Value))
                found.Add(new("unknown_operator", at + ".operator", condition.Operator ?? ""));
            if (plan.Levels > 1 && s_sellers.Contains(condition.Fact, StringComparer.Ordinal))
                found.Add(new("introducer_by_seller", at + ".fact", condition.Fact!));
            // "not an adult" would be a condition too
            if (condition.Fact == "adult" && condition is not { Operator: "is", Value: "true" })
                found.Add(new("allows_minors", at + ".value", condition.Value ?? ""));
        }
    }

    private static string CodeOf(string? fact) =>
        ReferralWords.Has(fact, ReferralWords.Recruits) ? "counts_recruits" : ReferralWords.Has(fact, ReferralWords.Purchases) ? "eligibility_purchase" : "unknown_fact";

    private static void Rewards(ReferralPlan plan, List<ReferralRefusal> found)
    {
        if (!plan.Rates.Any(r => r.Level == 1))
            found.Add(new("no_rates", "rates"));
        for (var i = 0; i < plan.Rates.Count; i++)
        {
            var (rate, at) = (plan.Rates[i], $"rates[{i}]");
            if (rate.On != ReferralPlan.SettledSale)
                found.Add(new(ReferralWords.Has(rate.On, ReferralWords.Entry) ? "reward_for_entry_purchase" : ReferralWords.Has(rate.On, ReferralWords.Joining) ? "reward_for_joining" : "unknown_event", at + ".on", rate.On ?? ""));
            if (rate.Id is not { Length: >= 1 and <= 60 } || plan.Rates.Count(r => r.Id == rate.Id) != 1 || rate.BasisPoints is < 1 or > ReferralPlan.MaxRate || rate.Level < 1)
                found.Add(new("invalid_rate", at));
            if (rate.Level > plan.Levels || rate.Level > 2)
                found.Add(new("ancestor_payee", at + ".level", rate.Level.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            // what the one who sold has sold before is their own business, and nobody else's income
            if (rate is { Level: > 1, Tier: not null })
                found.Add(new("introducer_by_seller", at + ".tier", rate.Tier));
            if (rate.Payee is { } payee && payee != (rate.Level == 1 ? "promoter" : "introducer"))
                found.Add(new("ancestor_payee", at + ".payee", payee));
            Wording(rate.Id, at + ".id", found);
        }
    }

    private static void Depth(ReferralPlan plan, ReferralLintContext context, List<ReferralRefusal> found)
    {
        if (plan.Levels is < 1 or > 2)
            found.Add(new("depth_exceeded", "levels", plan.Levels.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (plan.Levels > 1 && context.Jurisdiction == "CN")
            found.Add(new("depth_in_cn", "levels"));
        if (plan.Levels > 1 && (plan.ApprovalId is null || !context.ApprovedIds.Contains(plan.ApprovalId)))
            found.Add(new("depth_without_approval", "approvalId", plan.ApprovalId ?? ""));
        if (plan.Tree != "first_edge")
            found.Add(new("temporal_depth", "tree", plan.Tree ?? ""));
        for (var i = 0; i < plan.TreeActions.Count; i++)
            found.Add(new("tree_action", $"treeActions[{i}]", plan.TreeActions[i]));
        for (var i = 0; i < plan.Pools.Count; i++)
        {
            var kind = ReferralWords.Plain(plan.Pools[i].Kind ?? "");
            var dividend = kind.Contains("dividend", StringComparison.Ordinal) || kind.Contains("weighted", StringComparison.Ordinal) || kind.Contains("分红", StringComparison.Ordinal) || kind.Contains("profit", StringComparison.Ordinal);
            found.Add(new(dividend ? "weighted_dividend" : ReferralWords.Has(kind, ReferralWords.Recruits) ? "team_pool" : "unknown_pool", $"pools[{i}]", plan.Pools[i].Name));
        }
    }

    private static void Amounts(ReferralPlan plan, ReferralLintContext context, List<ReferralRefusal> found)
    {
        That(plan.CapBasisPoints is null or >= 0, "capBasisPoints");
        That(plan.CapMinor is null or > 0, "capMinor");
        That(plan.FirstOrderBonusMinor >= 0, "firstOrderBonusMinor");
        That(plan.BuyerDiscountBasisPoints is >= 0 and <= ReferralPlan.MaxRate, "buyerDiscountBasisPoints");
        That(plan.MarginBasisPoints is > 0 and <= ReferralPlan.MaxMargin, "marginBasisPoints");
        That(plan.BudgetMinor is null or > 0, "budgetMinor");
        That(Enum.IsDefined(plan.Reward), "reward");
        That(Enum.IsDefined(plan.Funding), "funding");
        if (plan.CapBasisPoints > context.CapBasisPoints)
            found.Add(new("cap_above_policy", "capBasisPoints"));
        var most = MostBasisPoints(plan, context.CapBasisPoints);
        if (most >= 10_000)
            found.Add(new("full_rebate", "rates"));
        if (most >= plan.MarginBasisPoints)
            found.Add(new("payout_not_below_margin", "rates"));

        void That(bool holds, string path)
        {
            if (!holds)
                found.Add(new("invalid_amount", path));
        }
    }

    /// <summary>Most that rewards and discount can come to of a price, in basis points. A bonus is an amount: on a cheap order only the cap holds it.</summary>
    public static long MostBasisPoints(ReferralPlan plan, int programCap)
    {
        var cap = Math.Min(programCap, plan.CapBasisPoints ?? programCap);
        long MostOf(int level) => plan.Rates.Where(r => r.Level == level).Select(r => (long)r.BasisPoints).DefaultIfEmpty(0).Max();
        var rates = MostOf(1) + MostOf(2);
        return (plan.FirstOrderBonusMinor > 0 ? cap : Math.Min(cap, rates)) + plan.BuyerDiscountBasisPoints;
    }

    private static void Words(ReferralPlan plan, List<ReferralRefusal> found)
    {
        Wording(plan.Name, "name", found);
        Wording(plan.NameEn, "nameEn", found);
        Wording(plan.DisclosureZh, "disclosureZh", found);
        Wording(plan.DisclosureEn, "disclosureEn", found);
        for (var i = 0; i < plan.Labels.Count; i++)
            Wording(plan.Labels[i], $"labels[{i}]", found);
    }

    private static void Wording(string? text, string path, List<ReferralRefusal> found)
    {
        if (ReferralWords.Label(text) is { } label)
            found.Add(new("forbidden_label", path, label));
        if (ReferralWords.Income(text) is { } claim)
            found.Add(new("income_claim", path, claim));
        if (ReferralWords.Rebate(text) is { } rebate)
            found.Add(new("full_rebate", path, rebate));
    }
}
