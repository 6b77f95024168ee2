using System.Globalization;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>What conditions of plans ask about a promoter besides their own row: their own verified sales and whether their name was verified. Nothing about anybody else.</summary>
internal sealed record PromoterFacts(string Promoter, long OwnSales, long OwnOrders, bool Verified)
{
    private static readonly string[] s_asked = ["own_sales", "own_orders", "verified_identity"];

    private const string Select = """
        select p.id as promoter, coalesce(s.sales, 0) as own_sales, coalesce(s.orders, 0) as own_orders,
          exists (select 1 from referral_identity i where i.promoter = p.id and i.tenant = @tenant and i.kind = 'RealName') as verified
        from referral_promoter p left join referral_verified s on s.tenant = @tenant and s.promoter = p.id and s.currency = @currency where p.tenant = @tenant and p.id
        """;

    /// <summary>The facts of those who could have brought a buyer; not read when no plan asks.</summary>
    public static async Task<Dictionary<string, PromoterFacts>> OfAsync(ICommerceConnection connection, ReferralRules rules, string currency, IReadOnlyList<ReferralCandidate> candidates)
    {
        if (!rules.Plans.Any(p => p.Eligibility.Any(c => s_asked.Contains(c.Fact, StringComparer.Ordinal))))
            return [];
        var ids = candidates.Select(c => c.Promoter).Distinct().ToList();
        return (await connection.QueryAsync<PromoterFacts>(Select + " " + connection.In("ids"), new { ids, currency }).ConfigureAwait(false)).ToDictionary(f => f.Promoter, StringComparer.Ordinal);
    }
}

/// <summary>Which plan a promoter sells under. Pure.</summary>
internal static class ReferralPlanChoice
{
    /// <summary>Of the plans that apply the first with a rate for the link's campaign, else the first; they come with the one changed last first.</summary>
    public static ReferralPlan? For(IReadOnlyList<ReferralPlan> plans, ReferralCandidate link, PromoterFacts? facts, string currency, DateTimeOffset now)
    {
        ReferralPlan? any = null;
        foreach (var plan in plans)
        {
            if (plan.Currency != currency || !InTime(plan, now) || (plan.Promoters.Count > 0 && !plan.Promoters.Contains(link.Promoter, StringComparer.Ordinal))
                || !plan.Eligibility.All(c => Holds(c, link, facts, now)))
            {
                continue;
            }

            if (link.Campaign.Length > 0 && plan.Rates.Any(r => r.Campaign == link.Campaign && r.IsFor(link.Promoter)))
                return plan;
            if (plan.Rates.Any(r => r.Campaign is null && r.IsFor(link.Promoter)))
                any ??= plan;
        }

        return any;
    }

    /// <summary>Whether a plan has begun and hasn't ended.</summary>
    public static bool InTime(ReferralPlan plan, DateTimeOffset now) => !(now < plan.From) && !(now >= plan.Until);

    private static bool Holds(ReferralCondition condition, ReferralCandidate link, PromoterFacts? facts, DateTimeOffset now) => condition.Fact switch
    {
        "adult" => true, // nobody joins without
        "tier" => condition.Operator == "is" && condition.Value == link.Tier,
        "listed_promoter" => Is(condition, link.Listed),
        "verified_identity" => Is(condition, facts?.Verified ?? false),
        "own_sales" => Compare(condition, facts?.OwnSales ?? 0),
        "own_orders" => Compare(condition, facts?.OwnOrders ?? 0),
        "account_age_days" => Compare(condition, (long)(now - link.JoinedAt).TotalDays),
        _ => false,
    };

    private static bool Is(ReferralCondition condition, bool value) => condition.Operator == "is" && bool.TryParse(condition.Value, out var wanted) && wanted == value;

    private static bool Compare(ReferralCondition condition, long value) => long.TryParse(condition.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var bound) && condition.Operator switch
    {
        "is" => value == bound,
        "at_least" => value >= bound,
        "at_most" => value <= bound,
        _ => false,
    };
}
