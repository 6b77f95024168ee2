using LinkShop.Commerce.Data;
using LinkShop.Commerce.Referrals;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Plans as somebody would write them into a recipe. The unlawful ones are each refused for the reason that makes them unlawful, and would be lawful without it.</summary>
public sealed class ReferralLinterTests
{
    private const string Start = """{"id":"p","name":"分享有礼","disclosureZh":"推广者获得佣金。","disclosureEn":"The promoter earns a commission.","rates":[{"id":"r","basisPoints":1000}]""";

    private static readonly ReferralLintContext s_china = new("CN", 3_000, ["ok"]);
    private static readonly ReferralLintContext s_abroad = new("DE", 3_000, ["ok"]);

    public static TheoryData<string, string, string> Unlawful => new()
    {
        { "Two and one: the first two recruits go to the upline, the promoter steps out", "tree_action", ""","tree":"first_edge","treeActions":["slide_first_two_to_upline","exit_after_two"]""" },
        { "Two and one, written as a tree of now", "temporal_depth", ""","tree":"current_parent" """ },
        { "People are moved to another line", "tree_action", ""","treeActions":["reparent"]""" },
        { "An entry package of 999", "entry_fee", ""","entryFeeMinor":99900""" },
        { "Who has bought a gift package may promote", "eligibility_purchase", ""","eligibility":[{"fact":"bought_gift_package","operator":"is","value":"true"}]""" },
        { "A deposit opens the right to promote", "eligibility_purchase", ""","eligibility":[{"fact":"deposit_minor","operator":"at_least","value":"50000"}]""" },
        { "A monthly minimum spend keeps one active", "eligibility_purchase", ""","eligibility":[{"fact":"monthly_spend","operator":"at_least","value":"10000"}]""" },
        { "Stock has to be held", "eligibility_purchase", ""","eligibility":[{"fact":"持有囤货","operator":"at_least","value":"10"}]""" },
        { "Three recruits make a partner", "counts_recruits", ""","eligibility":[{"fact":"direct_recruits","operator":"at_least","value":"3"}]""" },
        { "The team's sales open a tier", "counts_recruits", ""","eligibility":[{"fact":"team_sales","operator":"at_least","value":"1000000"}]""" },
        { "Children's orders count", "counts_recruits", ""","eligibility":[{"fact":"children_orders","operator":"at_least","value":"1"}]""" },
        { "A fact that nobody knows", "unknown_fact", ""","eligibility":[{"fact":"moon_phase","operator":"is","value":"full"}]""" },
        { "A reward per head that joins", "reward_for_joining", ""","rates":[{"id":"r","basisPoints":1000},{"id":"head","basisPoints":500,"on":"promoter_joined"}]""" },
        { "A reward for an accepted invitation", "reward_for_joining", ""","rates":[{"id":"r","basisPoints":1000},{"id":"i","basisPoints":500,"on":"invitation_accepted"}]""" },
        { "A reward for the recruit's entry package", "reward_for_entry_purchase", ""","rates":[{"id":"r","basisPoints":1000},{"id":"e","basisPoints":500,"on":"first_package_sold"}]""" },
        { "A reward for a click", "unknown_event", ""","rates":[{"id":"r","basisPoints":1000,"on":"click"}]""" },
        { "A second level in China", "depth_in_cn", ""","levels":2,"approvalId":"ok","rates":[{"id":"r","basisPoints":1000},{"id":"up","basisPoints":200,"level":2}]""" },
        { "Three levels", "depth_exceeded", ""","levels":3,"rates":[{"id":"r","basisPoints":1000},{"id":"up","basisPoints":200,"level":3}]""" },
        { "A third level's payee in a plan of one level", "ancestor_payee", ""","rates":[{"id":"r","basisPoints":1000},{"id":"up","basisPoints":200,"level":3}]""" },
        { "Who brought them earns once the promoter has sold enough: by a tier", "introducer_by_seller", ""","levels":2,"approvalId":"ok","rates":[{"id":"r","basisPoints":1000},{"id":"up","basisPoints":500,"level":2,"tier":"gold"}]""" },
        { "Who brought them earns once the promoter has sold enough: by who may promote", "introducer_by_seller", ""","levels":2,"approvalId":"ok","rates":[{"id":"r","basisPoints":1000},{"id":"up","basisPoints":500,"level":2}],"eligibility":[{"fact":"own_sales","operator":"at_least","value":"1000000"}]""" },
        { "The grand-upline is paid", "ancestor_payee", ""","rates":[{"id":"r","basisPoints":1000,"payee":"grandparent"}]""" },
        { "A pool by the team's volume", "team_pool", ""","pools":[{"name":"team","kind":"team_volume"}]""" },
        { "Weighted dividends for leaders", "weighted_dividend", ""","pools":[{"name":"全国分红","kind":"weighted_dividend"}]""" },
        { "Rewards and discount are all of the margin", "payout_not_below_margin", ""","marginBasisPoints":1500,"buyerDiscountBasisPoints":500""" },
        { "A bonus that a small order can't carry", "payout_not_below_margin", ""","firstOrderBonusMinor":500,"marginBasisPoints":3000""" },
        { "Everything comes back: 全返", "full_rebate", ""","labels":["消费全返计划"]""" },
        { "静态收益", "forbidden_label", ""","labels":["静 态 收 益"]""" },
        { "直推奖", "forbidden_label", ""","labels":["直推奖"]""" },
        { "對碰, written in the other script", "forbidden_label", ""","labels":["每日對碰"]""" },
        { "A rate called 见点", "forbidden_label", ""","rates":[{"id":"见点奖","basisPoints":1000}]""" },
        { "管理奖 in the name", "forbidden_label", ""","name":"店长管理奖" """ },
        { "小区业绩 in the disclosure", "forbidden_label", ""","disclosureZh":"按小区业绩结算" """ },
        { "团队计酬 in the name", "forbidden_label", ""","name":"团队计酬计划" """ },
        { "加權分紅 in the disclosure, in the other script", "forbidden_label", ""","disclosureZh":"按加權分紅結算" """ },
        { "Passive income with a Cyrillic а", "income_claim", ""","nameEn":"P\u0430ssive income" """ },
        { "Passive income with Greek letters", "income_claim", ""","nameEn":"Ρ\u03b1ssiνe inc\u03bfme" """ },
        { "Passive income with marks and digits", "income_claim", ""","nameEn":"Pássïve 1nc0me" """ },
        { "躺赚", "income_claim", ""","labels":["分享即可躺赚"]""" },
        { "Guaranteed income", "income_claim", ""","labels":["Guaranteed Income every month"]""" },
        { "Guaranteed income in the English name", "income_claim", ""","nameEn":"Guaranteed Income" """ },
        { "Minors may take part", "allows_minors", ""","allowsMinors":true""" },
        { "Not being an adult is asked for", "allows_minors", ""","eligibility":[{"fact":"adult","operator":"is","value":"false"}]""" },
        { "Advances on what isn't sold yet", "advance", ""","advances":true""" },
        { "Own purchases are rewarded", "rewards_own_purchases", ""","rewardsOwnPurchases":true""" },
        { "A cap above the program's", "cap_above_policy", ""","capBasisPoints":4000""" },
        { "Nothing is disclosed", "missing_disclosure", ""","disclosureEn":" " """ },
        { "A field that nobody knows", "unknown_field", ""","uplineBonus":500""" },
    };

    public static TheoryData<string, string> Lawful => new()
    {
        { "Ten percent of each sale", "" },
        { "More for a campaign", ""","rates":[{"id":"r","basisPoints":1000},{"id":"c","basisPoints":1500,"campaign":"spring"}]""" },
        { "By category and variant", ""","rates":[{"id":"r","basisPoints":500},{"id":"g","basisPoints":800,"categoryId":"games"},{"id":"s","basisPoints":900,"skuId":"card"}]""" },
        { "More for who sold more", ""","rates":[{"id":"r","basisPoints":500},{"id":"gold","basisPoints":1500,"tier":"gold"}],"eligibility":[{"fact":"own_sales","operator":"at_least","value":"1"}]""" },
        { "Points, by the platform", ""","reward":"points","funding":"platform" """ },
        { "A budget, a start and an end", ""","budgetMinor":100000,"from":"2026-01-01T00:00:00Z","until":"2027-01-01T00:00:00Z" """ },
        { "Two percent off for who uses a code", ""","buyerDiscountBasisPoints":200""" },
        { "A bonus under a cap below the margin", ""","firstOrderBonusMinor":200,"capBasisPoints":2000,"marginBasisPoints":3000""" },
        { "Only verified adults with an old account", ""","eligibility":[{"fact":"adult","operator":"is","value":"true"},{"fact":"verified_identity","operator":"is","value":"true"},{"fact":"account_age_days","operator":"at_least","value":"30"}]""" },
        { "A name in English too", ""","nameEn":"Goods worth sharing" """ },
        { "A cap per order, named promoters", ""","capMinor":5000,"promoters":["ann","bob"]""" },
    };

    [Theory]
    [MemberData(nameof(Unlawful))]
    public void An_unlawful_plan_is_refused_for_its_reason(string what, string code, string rest)
    {
        var refusals = Check(rest, s_china);
        Assert.True(refusals.Any(r => r.Code == code), $"{what}: {string.Join(", ", refusals)}");
        Assert.All(refusals, r => Assert.NotEqual(r.Code, r.Message));
        Assert.All(refusals, r => Assert.Contains(ReferralReasons.Chinese(r.Code), c => c > 0x3000));
    }

    [Theory]
    [MemberData(nameof(Lawful))]
    public void A_lawful_plan_passes(string what, string rest) => Assert.True(Check(rest, s_china).Count == 0, $"{what}: {string.Join(", ", Check(rest, s_china))}");

    [Fact]
    public void A_second_level_passes_abroad_with_an_approval_and_only_so()
    {
        const string Two = ""","levels":2,"approvalId":"ok","rates":[{"id":"r","basisPoints":1000},{"id":"up","basisPoints":200,"level":2,"payee":"introducer"}]""";
        Assert.Empty(Check(Two, s_abroad));
        Assert.Equal(["depth_without_approval"], Check(Two, s_abroad with { ApprovedIds = [] }).Select(r => r.Code));
        Assert.Equal(["depth_in_cn"], Check(Two, s_china).Select(r => r.Code));
    }

    [Theory]
    [InlineData("""{"id":"up","basisPoints":200,"level":2,"tier":"gold"}""", "")]
    [InlineData("""{"id":"up","basisPoints":200,"level":2}""", """{"fact":"tier","operator":"is","value":"gold"}""")]
    [InlineData("""{"id":"up","basisPoints":200,"level":2}""", """{"fact":"own_orders","operator":"at_least","value":"10"}""")]
    public void What_an_introducer_gets_never_depends_on_how_much_the_seller_has_sold(string rate, string condition) => Assert.Equal(
        ["introducer_by_seller"], Check($$""","levels":2,"approvalId":"ok","rates":[{"id":"r","basisPoints":1000},{{rate}}],"eligibility":[{{condition}}]""", s_abroad).Select(r => r.Code));

    [Fact]
    public void Nothing_is_refused_for_a_reason_without_words()
    {
        Assert.All(ReferralReasons.Codes, c => Assert.True(ReferralReasons.English(c).Length > 10 && ReferralReasons.Chinese(c).Length > 5, c));
        Assert.True(Unlawful.Count() >= 25);
        Assert.True(Lawful.Count() >= 10);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_promoters_own_code_makes_no_claim_that_a_plan_couldnt_make(CommerceDialect dialect)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect);
        await world.JoinAsync("ann");
        foreach (var code in new[] { "全返", "消费全免", "fullrebate", "躺赚123", "直推奖", "团队计酬", "p\u0430ssiveinc\u043Eme" })
        {
            var made = await world.Links.CreateAsync(world.Scope, "ann", new ReferralLinkDraft(ReferralTarget.Mall, Code: code));
            Assert.Equal((code, ReferralErrors.NameRefused, "code"), (code, made.Error?.Code, made.Error?.Field));
        }

        Assert.Empty(await world.Links.ListAsync(world.Scope, "ann"));
        // look-alikes alone are no fault
        Assert.Equal("Привет", (await world.LinkAsync("ann", code: "Привет")).Code);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_the_linter_refuses_isnt_stored_by_saving_or_importing(CommerceDialect dialect)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect);
        foreach (var (_, code, rest) in Unlawful.Select(r => r.Data))
        {
            var imported = await world.Plans.ImportAsync(world.Scope, Json(rest), "ann");
            Assert.False(imported.Succeeded);
            Assert.Contains(imported.Errors, e => e.Code == ReferralErrors.Unlawful && e.Field!.StartsWith(code + ":", StringComparison.Ordinal));
        }

        Assert.Null(await world.Plans.FindAsync(world.Scope, "p"));
        Assert.Equal(1, await world.Shop.Commerce.CountAsync("referral_plan_version"));
        Assert.True((await world.Plans.ImportAsync(world.Scope, Json(""), "ann")).Succeeded);
    }

    [Fact]
    public async Task A_plan_that_became_unlawful_is_paused_at_start_up()
    {
        await using var world = await ReferralWorld.OpenAsync(CommerceDialect.Sqlite);
        Assert.Empty(await world.Plans.CheckAllAsync());
        // as if the rules had changed under it: a version as an older linter would have let it pass
        await world.Shop.CorruptAsync("insert into referral_plan_version (tenant, plan_id, version, levels, jurisdiction, document, actor, at) select tenant, plan_id, 2, levels, jurisdiction, replace(document, '分享有礼', '直推奖'), actor, at from referral_plan_version");
        await world.Shop.CorruptAsync("update referral_plan set version = 2");
        var (_, plan, refusals) = Assert.Single(await world.Plans.CheckAllAsync());
        Assert.Equal(("plan", "forbidden_label"), (plan, Assert.Single(refusals).Code));
        Assert.Equal(ReferralPlanState.Paused, (await world.Plans.FindAsync(world.Scope, "plan"))!.State);
    }

    [Fact]
    public async Task A_program_that_would_make_an_active_plan_unlawful_isnt_saved()
    {
        await using var world = await ReferralWorld.OpenAsync(CommerceDialect.Sqlite, p => p with { CapBasisPoints = 2_500 });
        var program = (await world.Programs.FindAsync(world.Scope))!;
        var refused = await world.Programs.SaveAsync(world.Scope, program with { CapBasisPoints = 2_000 }, "ann");
        Assert.Equal(ReferralErrors.Unlawful, refused.Error!.Code);
        Assert.Equal(3_000, (await world.Programs.FindAsync(world.Scope))!.CapBasisPoints);
    }

    private static IReadOnlyList<ReferralRefusal> Check(string rest, ReferralLintContext context) =>
        ReferralPlans.Read(Json(rest)) is ({ } plan, _) ? ReferralPlanLinter.Check(plan, context) : [ReferralPlans.Read(Json(rest)).Refusal!];

    // of a field that comes twice the later counts
    private static string Json(string rest) => Start + rest + "}";
}
